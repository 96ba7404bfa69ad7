//! All kinds of document that there are: those built in, and those of a folder of one's own.

use std::sync::Arc;

use super::kinds::{Kind, Nyckel};
use super::slug;
use crate::diagnostic::{Diagnostic, Place, codes, nearest};
use crate::yaml::values::unknown_value;

/// All kinds of document, sorted by the names of their files.
#[derive(Debug, Default)]
pub struct Kinds(Vec<Arc<Kind>>);

impl Kinds {
    /// The kinds that files say, those of one's own first: they go before those that are built in.
    ///
    /// # Errors
    /// What is wrong with them.
    pub(super) fn new(said: Vec<Kind>, exists: impl Fn(&str) -> bool) -> Result<Self, Vec<Diagnostic>> {
        let mut kinds: Vec<Kind> = Vec::new();
        let mut faults = Vec::new();
        for kind in said {
            match kinds.iter().find(|known| known.word() == kind.word()) {
                Some(first) => faults.extend(twice(first, &kind)),
                None => kinds.push(kind),
            }
        }
        let mut filled: Vec<Arc<Kind>> = Vec::new();
        for kind in &kinds {
            let whole = || kinds.iter().filter(|other| other.som.is_none());
            let kind = match &kind.som {
                None => kind.clone(),
                Some(som) => match whole().find(|other| other.word() == som.text) {
                    Some(other) => kind.clone().filled_from(other, &exists),
                    None => {
                        faults.push(unknown_value(som, whole().map(Kind::word)));
                        continue;
                    }
                },
            };
            faults.extend(kind.faults(&exists));
            filled.push(Arc::new(kind));
        }
        filled.sort_by_key(|kind| slug(kind.word()));
        if faults.is_empty() { Ok(Self(filled)) } else { Err(faults) }
    }

    /// Every kind.
    pub fn all(&self) -> impl Iterator<Item = &Arc<Kind>> + Clone {
        self.0.iter()
    }

    /// The words of all kinds.
    pub fn words(&self) -> impl Iterator<Item = &str> + Clone {
        self.0.iter().map(|kind| kind.word())
    }

    /// A kind by its word.
    pub fn get(&self, word: &str) -> Option<&Arc<Kind>> {
        self.0.iter().find(|kind| kind.word() == word)
    }

    /// The kind that a case means which says none that there is: the one nearest by its word, or by
    /// the keys that the case has.
    pub fn likely<'k>(&self, word: &str, keys: impl Iterator<Item = &'k str> + Clone) -> Arc<Kind> {
        let by_word = nearest(word, self.words()).and_then(|word| self.get(word));
        let shared = |kind: &Kind| keys.clone().filter(|key| kind.keys().any(|known| known == *key)).count();
        // Of equals the last is taken: the first, seen from the end.
        let kind = by_word.or_else(|| self.0.iter().rev().max_by_key(|kind| shared(kind)));
        kind.cloned().unwrap_or_default()
    }

    /// Every key of the body, of every kind, the first kind's where several have it.
    pub fn body_keys(&self) -> impl Iterator<Item = (&str, &Nyckel)> + Clone {
        self.0.iter().enumerate().flat_map(|(at, kind)| {
            let earlier = &self.0[..at];
            kind.body().filter(|(name, _)| earlier.iter().all(|kind| kind.key(name).is_none()))
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
