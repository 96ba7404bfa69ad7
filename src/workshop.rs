//! What the stages make once and use for every document: parsed templates, fonts and layouts.

use std::ops::Deref;
use std::sync::OnceLock;

use crate::diagnostic::Diagnostic;
use crate::export::pdf::{self, Press};
use crate::library::Templates;
use crate::render::{self, Renderer};

/// Templates as data, and what is made of them when it is first needed.
pub struct Workshop {
    templates: Templates,
    renderer: OnceLock<Renderer>,
    press: OnceLock<Press>,
}

impl Workshop {
    /// A workshop with these templates; nothing is made yet.
    pub fn new(templates: Templates) -> Self {
        Self { templates, renderer: OnceLock::new(), press: OnceLock::new() }
    }

    /// The Tera templates.
    pub fn renderer(&self) -> &Renderer {
        self.renderer.get_or_init(|| Renderer::new(&self.templates))
    }

    /// The fonts and layouts, ready to typeset.
    pub fn press(&self) -> &Press {
        self.press.get_or_init(|| Press::new(&self.templates))
    }

    /// What is wrong with the templates and layouts whatever document they are for.
    pub fn faults(&self) -> Vec<Diagnostic> {
        let mut faults = render::faults(self, self.renderer());
        faults.extend(pdf::faults(self, self.press()));
        faults.extend(self.damaged_fonts());
        faults.extend(self.unknown_faces());
        faults
    }
}

impl Deref for Workshop {
    type Target = Templates;

    fn deref(&self) -> &Templates {
        &self.templates
    }
}
