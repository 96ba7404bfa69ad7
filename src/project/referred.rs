//! The cases that a case refers to: found from its folder, and never outside the project's.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

use super::beside::with_backslash;
use super::files::Files;
use super::loaded::{Dependency, LoadedAs};
use super::{File, Project, settings};
use crate::check;
use crate::diagnostic::{self, Diagnostic, Place, codes};
use crate::paths::{folder_of, shown, tidy};
use crate::read::Case;

/// What marks the project's folder.
const PROJECT: &[&str] = &["cases", ".git"];

impl Project {
    /// Puts the cases that a case refers to into it, and finds where they do not agree.
    pub(super) fn gather(
        &self,
        own: &File,
        case: &mut Case,
        depends_on: &mut Vec<Dependency>,
    ) -> Vec<Diagnostic> {
        let mut problems = Vec::new();
        let mut others = BTreeMap::new();
        for line in case.references() {
            match self.referred(own, &line.text, depends_on) {
                Ok(other) => drop(others.insert(line.text.clone(), other)),
                Err(finding) => problems.extend(line.place().map(|place| finding.at(place))),
            }
        }
        let mut findings = Vec::new();
        for (path, file) in others {
            let other = self.parsed(&file);
            let found = || self.alone(&file).settled();
            findings.extend(check::utlatande::unusable(
                case,
                &path,
                other.case().map(|other| &**other),
                found,
            ));
            if let Some(other) = other.case() {
                case.referred.insert(path, other.clone());
            }
        }
        findings.extend(check::utlatande::check(case));
        diagnostic::sort(&mut findings);
        [problems, findings].concat()
    }

    fn referred(
        &self,
        own: &File,
        written: &str,
        depends_on: &mut Vec<Dependency>,
    ) -> Result<File, Diagnostic> {
        let other = self.file(&self.resolve(&own.path, written, depends_on)?);
        let parsed = self.parsed(&other);
        depends_on.push(parsed.dependency(&other));
        if let (None, Some(unread)) = (&parsed.source, parsed.findings.first()) {
            return Err(Diagnostic::new(codes::HANVISNING_SAKNAS, unread.message.clone())
                .hint("Rätta sökvägen; den räknas från mappen där utlåtandet ligger."));
        }
        let circle = |message: String| {
            Diagnostic::new(codes::HANVISNING_CIRKEL, message)
                .hint("Hänvisa till nämndens tjänsteutlåtande, inte till ett utlåtande.")
        };
        let shown = shown(&own.path);
        if other.real == own.real {
            return Err(circle(format!("{shown} hänvisar till sig självt")));
        }
        if let Some(place) = self.way_back(own, &other, &mut BTreeSet::new(), depends_on) {
            return Err(circle(format!("{written} hänvisar tillbaka till {shown}"))
                .related(place, "här sluts cirkeln"));
        }
        match parsed.content {
            LoadedAs::Document(_) => Err(check::utlatande::no_letter(written)),
            _ => Ok(other),
        }
    }

    /// The path that a reference means, inside the project's folder.
    fn resolve(
        &self,
        own: &Path,
        written: &str,
        depends_on: &mut Vec<Dependency>,
    ) -> Result<PathBuf, Diagnostic> {
        let project = self.folder(own);
        let outside = || {
            Diagnostic::new(codes::HANVISNING_UTANFOR, format!("{written} ligger inte i projektets mapp"))
                .hint(format!("Projektets mapp är {}, sedd från utlåtandet. Lägg filen där, och skriv sökvägen från utlåtandets mapp, till exempel ../socialnamnden/remissvar.yaml.", self.above(own, &project)))
        };
        if let Some(finding) = with_backslash(codes::HANVISNING_SAKNAS, "hänvisningen", written) {
            return Err(finding);
        }
        if Path::new(written)
            .components()
            .any(|part| matches!(part, Component::RootDir | Component::Prefix(_)))
        {
            return Err(outside());
        }
        let path = tidy(&folder_of(own).join(written));
        // Where it leads is judged before whether it is there: links count, and so do steps upwards.
        if self.identity(&path).starts_with(&project) {
            return Ok(path);
        }
        depends_on.push(Dependency { known: self.seen(&path), path });
        Err(outside())
    }

    /// The folder of the case's project; without settings the nearest above it that holds `cases` or
    /// `.git`; where there is none, the folder that tjut runs in if the case is below it, or else the
    /// case's own.
    pub fn folder(&self, own: &Path) -> PathBuf {
        let folder = self.identity(folder_of(own));
        if let Some(root) = settings::root(self.files(), &folder) {
            return root;
        }
        let is_marked =
            |above: &&Path| PROJECT.iter().any(|mark| self.files().real(&above.join(mark)).is_ok());
        if let Some(found) = folder.ancestors().find(is_marked) {
            return found.to_owned();
        }
        match std::env::current_dir().and_then(|here| self.files().real(&here)) {
            Ok(here) if here.parent().is_some() && folder.starts_with(&here) => here,
            _ => folder,
        }
    }

    /// The project's folder as the case sees it: its own, or so many steps up.
    fn above(&self, own: &Path, project: &Path) -> String {
        let folder = self.identity(folder_of(own));
        let steps = folder.components().count().saturating_sub(project.components().count());
        if steps == 0 { "./".to_owned() } else { "../".repeat(steps) }
    }

    /// The reference that leads back to `own`, however many files lie between.
    fn way_back(
        &self,
        own: &File,
        file: &File,
        seen: &mut BTreeSet<PathBuf>,
        depends_on: &mut Vec<Dependency>,
    ) -> Option<Place> {
        if !seen.insert(file.real.clone()) {
            return None;
        }
        let parsed = self.parsed(file);
        let case = parsed.case()?;
        case.references().find_map(|line| {
            let next = self.file(&self.resolve(&file.path, &line.text, depends_on).ok()?);
            if next.real == own.real {
                return line.place();
            }
            depends_on.push(self.parsed(&next).dependency(&next));
            self.way_back(own, &next, seen, depends_on)
        })
    }
}
