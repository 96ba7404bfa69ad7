//! All kinds of document that there are: those built in, and those of a folder of one's own.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use super::folder::{BUILT_IN, NamedFiles, built_in_records, own_records};
use super::kinds::{Kind, Nyckel};
use super::slug;
use crate::diagnostic::{Diagnostic, Place, Source, codes, nearest};
use crate::yaml;
use crate::yaml::values::unknown_value;

/// The folder of kinds.
const FOLDER: &str = "mallar/";

/// All kinds of document, sorted by the names of their files. One that is built in is read when it is first asked for,
/// as a case is of one alone.
#[derive(Debug, Default)]
pub struct Kinds {
    all: Vec<Mall>,
    /// Templates and layouts of one's own, that a kind may be printed by.
    own_files: BTreeSet<String>,
}

/// A kind of document, which may not be read yet.
#[derive(Debug)]
struct Mall {
    word: String,
    /// The file that is built in, and its text.
    built_in: Option<(String, &'static str)>,
    read: OnceLock<Arc<Kind>>,
}

impl Mall {
    fn built_in(name: String, text: &'static str) -> Self {
        let word = text.lines().find_map(|line| line.strip_prefix("mall:")).unwrap_or_default();
        Self { word: word.trim().to_owned(), built_in: Some((name, text)), read: OnceLock::new() }
    }

    fn own(kind: Kind) -> Self {
        Self { word: kind.word().to_owned(), built_in: None, read: OnceLock::from(Arc::new(kind)) }
    }
}

impl Kinds {
    /// The kinds that files hold, those of one's own before those that are built in and say the same word; `shown` is how
    /// messages name the folder of one's own.
    ///
    /// # Errors
    /// What is wrong with those of one's own.
    pub(super) fn new(files: &NamedFiles, shown: &str) -> Result<Self, Vec<Diagnostic>> {
        let mut faults = Vec::new();
        let own: Vec<_> = own_records::<Kind>(files, (shown, FOLDER), &mut faults);
        if faults.iter().any(Diagnostic::is_error) {
            return Err(faults);
        }
        let own_files = files.iter().filter(|(_, bytes)| matches!(bytes, Cow::Owned(_)));
        let own_files = own_files.map(|(name, _)| name.clone()).collect();
        let built_in = built_in_records(files, FOLDER).map(|(name, text)| Mall::built_in(name, text));
        let mut kinds = Self { all: built_in.collect(), own_files };
        let mut said: Vec<Kind> = Vec::new();
        for (_, kind) in own {
            match said.iter().find(|known| known.word() == kind.word()) {
                Some(first) => faults.extend(twice(first, &kind)),
                None => said.push(kind),
            }
        }
        kinds.all.retain(|mall| said.iter().all(|kind| kind.word() != mall.word));
        let mut filled = Vec::new();
        for kind in &said {
            let kind = match &kind.som {
                None => kind.clone(),
                Some(som) => {
                    let own = said.iter().find(|other| other.som.is_none() && other.word() == som.text);
                    let other = own.or_else(|| kinds.get(&som.text).map(AsRef::as_ref));
                    match other.filter(|other| other.som.is_none()) {
                        Some(other) => kind.clone().filled_from(other, |name| kinds.has_file(name)),
                        None => {
                            let own = said.iter().filter(|other| other.som.is_none()).map(Kind::word);
                            let built_in = kinds.all().filter(|other| other.som.is_none());
                            faults.push(unknown_value(som, own.chain(built_in.map(|other| other.word()))));
                            continue;
                        }
                    }
                }
            };
            faults.extend(kind.faults(|name| kinds.has_file(name)));
            filled.push(Mall::own(kind));
        }
        kinds.all.extend(filled);
        kinds.all.sort_by_key(|mall| slug(&mall.word));
        if faults.is_empty() { Ok(kinds) } else { Err(faults) }
    }

    /// Whether there is a template or layout of this name.
    fn has_file(&self, name: &str) -> bool {
        self.own_files.contains(name) || BUILT_IN.get_file(name).is_some()
    }

    /// A kind, read now if it is not yet.
    fn kind<'k>(&'k self, mall: &'k Mall) -> &'k Arc<Kind> {
        mall.read.get_or_init(|| {
            let Some((name, text)) = &mall.built_in else { return Arc::default() };
            let (kind, found) = yaml::record::<Kind>(&Source::new(name.clone(), *text));
            debug_assert!(found.is_empty(), "{found:?}");
            let other = kind.som.as_ref().and_then(|som| self.get(&som.text));
            Arc::new(match other {
                Some(other) => kind.filled_from(other, |name| self.has_file(name)),
                None => kind,
            })
        })
    }

    /// Every kind.
    pub fn all(&self) -> impl Iterator<Item = &Arc<Kind>> + Clone {
        self.all.iter().map(|mall| self.kind(mall))
    }

    /// The words of all kinds.
    pub fn words(&self) -> impl Iterator<Item = &str> + Clone {
        self.all.iter().map(|mall| mall.word.as_str())
    }

    /// A kind by its word.
    pub fn get(&self, word: &str) -> Option<&Arc<Kind>> {
        self.all.iter().find(|mall| mall.word == word).map(|mall| self.kind(mall))
    }

    /// The kind that a case means which says none that there is: the one nearest by its word, or by
    /// the keys that the case has.
    pub fn likely<'k>(&self, word: &str, keys: impl Iterator<Item = &'k str> + Clone) -> Arc<Kind> {
        let by_word = nearest(word, self.words()).and_then(|word| self.get(word));
        let shared = |kind: &Kind| keys.clone().filter(|key| kind.keys().any(|known| known == *key)).count();
        // Of equals the last is taken: the first, seen from the end.
        let all: Vec<&Arc<Kind>> = self.all().collect();
        let kind = by_word.or_else(|| all.into_iter().rev().max_by_key(|kind| shared(kind)));
        kind.cloned().unwrap_or_default()
    }

    /// Every key of the body, of every kind, the first kind's where several have it.
    pub fn body_keys(&self) -> impl Iterator<Item = (&str, &Nyckel)> + Clone {
        self.all().enumerate().flat_map(move |(at, kind)| {
            kind.body().filter(move |(name, _)| self.all().take(at).all(|kind| kind.key(name).is_none()))
        })
    }

    /// The names of the keys that print a heading, of every kind.
    pub fn headed(&self) -> impl Iterator<Item = &str> + Clone {
        self.body_keys().filter(|(_, key)| key.rubrik.is_some()).map(|(name, _)| name)
    }
}

/// What is wrong with two kinds that say the same word; one in a folder of one's own only goes before
/// one that is built in.
fn twice(first: &Kind, second: &Kind) -> Option<Diagnostic> {
    let (there, here) = (first.mall.place()?, second.mall.place()?);
    let folder = |place: &Place| place.source.path.rsplit_once('/').map(|(folder, _)| folder.to_owned());
    (folder(&there) == folder(&here)).then(|| {
        Diagnostic::new(codes::DUBBEL_NYCKEL, format!("mallen ”{}” finns två gånger", second.word()))
            .at(here)
            .related(there, "den finns redan här")
            .hint("Ge en av dem ett annat namn, eller ta bort filen.")
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use crate::library::Templates;
    use crate::library::form::Form;
    use crate::library::roll::Roll;

    /// The templates with a kind of one's own, in a template and a layout that are built in.
    fn with(kind: &str) -> Result<Templates, Vec<String>> {
        let kind = format!("{kind}\nmallfil: tjansteutlatande.md\nlayout: tjansteutlatande.typ\n");
        let own = BTreeMap::from([("mallar/egen.yaml".to_owned(), kind.into_bytes())]);
        Templates::with_folder("egna", own)
            .map_err(|found| found.into_iter().map(|found| found.message).collect())
    }

    #[test]
    fn a_key_means_the_same_in_every_kind_that_is_built_in() {
        let templates = Templates::new(Default::default()).expect("the built-in templates are right");
        for kind in templates.kinds().all() {
            for (name, key) in kind.body() {
                let first = templates.kinds().body_keys().find(|(known, _)| *known == name);
                assert_eq!(first.map(|(_, first)| first.form), Some(key.form), "{}: {name}", kind.word());
            }
        }
    }

    #[test]
    fn a_kind_takes_what_it_does_not_say_from_another() {
        let templates = with(
            "mall: yttrande\nsom: tjänsteutlåtande\nnycklar:\n  bakgrund: {form: rad, beskrivning: B.}\n  skäl: {form: text, beskrivning: S.}",
        );
        let templates = templates.unwrap_or_else(|found| panic!("{found:?}"));
        let kind = templates.kinds().get("yttrande").expect("there");
        let keys: Vec<&str> = kind.body().map(|(name, _)| name).collect();
        assert_eq!((keys[0], keys[2], keys.last()), ("förslag till beslut", "bakgrund", Some(&"skäl")));
        assert_eq!(kind.key("bakgrund").map(|key| key.form), Some(Form::Rad));
        assert!(kind.is_letter() && kind.required().any(|key| key == "förslag till beslut"));
        assert_eq!(kind.key_for(Roll::Asikt), Some("förvaltningens synpunkter"));
    }

    #[test]
    fn a_kind_that_says_its_name_alone_is_like_another_in_all_else() {
        let of = |files: &[(&str, &str)]| {
            let own = files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()));
            Templates::with_folder("egna", own.collect()).map_err(|found| format!("{found:?}"))
        };
        let kind =
            ("mallar/promemoria.yaml", "mall: promemoria\nsom: tjänsteutlåtande\nbenämning: Promemoria\n");
        let files = |templates: Result<Templates, String>| {
            let templates = templates.unwrap_or_else(|found| panic!("{found}"));
            let kind = templates.kinds().get("promemoria").expect("there").clone();
            assert_eq!((kind.benamning.text.as_str(), kind.body().count() > 5), ("Promemoria", true));
            (kind.template(), kind.layout())
        };
        let like = ("tjansteutlatande.md".to_owned(), "layouts/tjansteutlatande.typ".to_owned());
        assert_eq!(files(of(&[kind])), like);
        // A file of its own name goes before.
        let own = ("promemoria.md".to_owned(), like.1);
        assert_eq!(files(of(&[kind, ("promemoria.md", "# {{ titel }}\n")])), own);
        let alone = of(&[("mallar/a.yaml", "mall: utlåtande\nbenämning: A\n")]).err().unwrap_or_default();
        assert!(alone.contains("nyckeln ”nycklar” saknas"), "{alone}");
    }

    #[test]
    fn a_kind_of_ones_own_goes_before_the_one_that_is_built_in() {
        let templates =
            with("mall: utlåtande\nbenämning: Eget\nnycklar:\n  text: {form: text, beskrivning: T.}");
        let templates = templates.unwrap_or_else(|found| panic!("{found:?}"));
        assert_eq!(templates.kinds().get("utlåtande").map(|kind| kind.benamning.text.as_str()), Some("Eget"));
        let named = templates.kinds().words().filter(|word| *word == "utlåtande");
        assert_eq!(named.count(), 1);
    }

    #[test]
    fn a_word_means_one_kind() {
        let kind = b"mall: yttrande\nsom: utl\xc3\xa5tande\nmallfil: utlatande.md\nlayout: utlatande.typ\nnycklar:\n  text: {form: text, beskrivning: T.}\n";
        let own = ["a", "b"].map(|name| (format!("mallar/{name}.yaml"), kind.to_vec()));
        let found = Templates::with_folder("egna", own.into()).err().unwrap_or_default();
        let messages: Vec<&str> = found.iter().map(|found| found.message.as_str()).collect();
        assert_eq!(messages, ["mallen ”yttrande” finns två gånger"]);
    }

    #[test]
    fn a_kind_is_like_one_that_there_is() {
        let found =
            with("mall: yttrande\nsom: tjansteutlatande\nnycklar:\n  text: {form: text, beskrivning: T.}");
        assert_eq!(
            found.err(),
            Some(vec!["”tjansteutlatande” är inget av de värden som kan stå här".to_owned()])
        );
    }
}
