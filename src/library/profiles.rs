//! All profiles that there are. Those of a folder of one's own are read at once, as what is wrong with them has to be
//! said; of those built in, a file is read when a sender of its kommun is asked for, as a case needs one at most.

use std::sync::OnceLock;

use super::folder::{NamedFiles, built_in_records, own_records};
use super::kinds::Kinds;
use super::profile::{Profil, ProfileKey};
use crate::diagnostic::{Diagnostic, Source, codes};
use crate::yaml;
use crate::yaml::values::Line;

/// The folder of profiles.
const FOLDER: &str = "profiles/";

/// The file of the profile that stands in for those that have none.
const NEUTRAL: &str = "profiles/neutral.yaml";

/// The profiles.
#[derive(Debug)]
pub struct Profiles {
    neutral: Profil,
    own: Vec<Profil>,
    built_in: Vec<BuiltIn>,
}

/// The profiles of a kommun that are built in.
#[derive(Debug)]
struct BuiltIn {
    name: String,
    text: &'static str,
    read: OnceLock<Vec<Profil>>,
}

impl BuiltIn {
    /// The kommun, without reading the rest.
    fn kommun(&self) -> Option<&'static str> {
        self.text.lines().find_map(|line| line.strip_prefix("kommun:")).map(str::trim)
    }

    fn profiles(&self, neutral: &Profil) -> &[Profil] {
        self.read.get_or_init(|| {
            let (profile, found) = yaml::record::<Profil>(&Source::new(self.name.clone(), self.text));
            debug_assert!(found.is_empty(), "{found:?}");
            filled(profile.each(), neutral)
        })
    }
}

impl Profiles {
    /// The profiles that files hold; `shown` is how messages name the folder of one's own.
    ///
    /// # Errors
    /// What is wrong with those of one's own.
    pub(super) fn new(files: &NamedFiles, shown: &str, kinds: &Kinds) -> Result<Self, Vec<Diagnostic>> {
        let mut problems = Vec::new();
        let said = own_records::<Profil>(files, (shown, FOLDER), &mut problems);
        for (_, profile) in &said {
            problems.extend(profile.faults(kinds, |name| files.contains_key(name)));
        }
        let built_in =
            built_in_records(files, FOLDER).map(|(name, text)| BuiltIn { name, text, read: OnceLock::new() });
        let (neutral_built_in, built_in): (Vec<_>, Vec<_>) = built_in.partition(|file| file.name == NEUTRAL);
        let (neutral, own): (Vec<_>, Vec<_>) = said.into_iter().partition(|(name, _)| *name == NEUTRAL);
        let own_neutral = neutral.into_iter().next().map(|(_, profile)| profile);
        let neutral = own_neutral.unwrap_or_else(|| {
            let mut read = neutral_built_in.iter().flat_map(|file| file.profiles(&Profil::default()));
            read.next().cloned().unwrap_or_default()
        });
        if neutral.marke.is_none() {
            problems.push(
                Diagnostic::new(codes::NYCKEL_SAKNAS, "den neutrala profilen har inget märke")
                    .hint("Skriv märke: med fil och alt i profiles/neutral.yaml."),
            );
        }
        if problems.iter().any(Diagnostic::is_error) {
            return Err(problems);
        }
        let own = own.into_iter().flat_map(|(_, profile)| profile.each()).collect();
        Ok(Self { own: filled(own, &neutral), neutral, built_in })
    }

    /// The profile that stands in for those that have none, and for what a profile leaves out.
    pub fn neutral(&self) -> &Profil {
        &self.neutral
    }

    /// Every profile: the neutral one, those of one's own, those built in.
    pub fn all(&self) -> impl Iterator<Item = &Profil> + Clone {
        let built_in = self.built_in.iter().flat_map(|file| file.profiles(&self.neutral));
        self.own().chain(built_in)
    }

    /// The neutral one and those of one's own: the others are known to be right.
    pub fn own(&self) -> impl Iterator<Item = &Profil> + Clone {
        std::iter::once(&self.neutral).chain(&self.own)
    }

    /// The names of the kommuner that there are profiles for, read or not.
    pub fn kommuner(&self) -> impl Iterator<Item = &str> {
        let own = self.own().filter_map(|profile| profile.kommun.as_ref().map(|said| said.text.as_str()));
        own.chain(self.built_in.iter().filter_map(|file| file.kommun()))
    }

    /// Those that a sender can have by its kommun, those of one's own first.
    pub(super) fn of<'t, 's>(
        &'t self,
        sender: &'s ProfileKey<'s>,
    ) -> impl Iterator<Item = &'t Profil> + Clone + use<'t, 's> {
        let is_of = |profile: &Profil, is_own| {
            sender.is_of(profile.kommun.as_ref().map(|said| said.text.as_str()), is_own)
        };
        let own = self.own.iter().filter(move |profile| is_of(profile, true));
        let files = self.built_in.iter().filter(|file| sender.is_of(file.kommun(), false));
        let built_in = files.flat_map(|file| file.profiles(&self.neutral));
        own.chain(built_in.filter(move |profile| is_of(profile, false)))
    }

    /// The first that is called so.
    pub(super) fn called(&self, name: &Line) -> Option<&Profil> {
        self.all().find(|profile| profile.is_called(&name.text))
    }
}

/// The profiles, with the neutral one's values where they have none.
fn filled(profiles: Vec<Profil>, neutral: &Profil) -> Vec<Profil> {
    profiles.into_iter().map(|profile| profile.filled_from(neutral)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::Templates;

    #[test]
    fn what_is_built_in_is_right_and_found_by_its_kommun() {
        let templates = Templates::new(Default::default()).expect("the built-in templates are right");
        let exists = |name: &str| templates.file(name).is_some();
        for file in &templates.profiles.built_in {
            let (profile, mut found) = yaml::record::<Profil>(&Source::new(file.name.clone(), file.text));
            found.extend(profile.faults(templates.kinds(), exists));
            assert!(found.is_empty(), "{found:?}");
            assert_eq!(profile.kommun.map(|said| said.text).as_deref(), file.kommun(), "{}", file.name);
        }
        assert!(templates.profiles.all().count() > 50);
    }
}
