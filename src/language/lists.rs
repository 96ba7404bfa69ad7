//! The lists of words that rules ask for: each is a file of `language/`, or a section of one, many
//! words a line. `*` stands for any letters at the end or the beginning of a word, `_` for a space. A
//! folder of one's own adds to them, and takes away what it writes with a minus before it.
//!
//! What a list holds is what another city, or another year, could have more of. The few function words
//! that a rule's own logic turns on (”en”, ”att”) stand in the rule.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::runs;
pub use super::vocabulary::listed;

/// A line for each list: its name in the sources, its file, with its section where it has several,
/// and what is in it.
macro_rules! lists {
    ($($list:ident $file:literal $what:literal;)*) => {
        /// A list of words.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum List {
            $(#[doc = $what] $list,)*
        }

        impl List {
            /// Every list, in the order of their numbers.
            pub const ALL: &[List] = &[$(List::$list),*];

            /// Its file, and its section in it.
            fn place(self) -> (&'static str, Option<&'static str>) {
                let place = match self {
                    $(List::$list => concat!("language/", $file),)*
                };
                place.split_once('#').map_or((place, None), |(file, section)| (file, Some(section)))
            }
        }
    };
}

lists! {
    FirstNames "fornamn.txt" "Common first names, without accents and in lower case.";
    BeforeNames "namn-fore.txt" "Words that have a capital only because a sentence begins, before a name.";
    Titles "titlar.txt" "Titles that stand before a name.";
    Surnames "efternamn.txt" "Common surnames, which another one can resemble by chance.";
    EmptyAnswers "svar-tomma.txt" "Words that say nothing of a matter, only of answers: one made of them alone is none.";
    AnswerSigns "svar-tecken.txt" "Words that make an answer of empty words none: a reference, a promise, a lack.";
    EmptyLinks "lanktext-tom.txt" "Words that say nothing of where a link leads, however many of them there are.";
    Functions "funktioner.txt" "Words in the addresses of functions rather than people.";

    Finite "grammatik.txt#finita" "Verbs that are finite and nothing else: ”görs”, but not ”delar”.";
    Either "grammatik.txt#tvetydiga" "Finite verbs that are also an infinitive, a participle or another word: ”delar”.";
    Modal "grammatik.txt#modala" "Finite verbs that an infinitive follows.";
    Helpers "grammatik.txt#hjälpverb" "Other verbs that an infinitive can follow.";
    Infinitives "grammatik.txt#infinitiv" "Infinitives and nothing else.";
    PassiveInfinitives "grammatik.txt#infinitiv-passiv" "Infinitives in the passive that are as their present: ”anses”.";
    CommonSupines "grammatik.txt#supinum" "Supines of common verbs.";
    Supines "grammatik.txt#supinum-egna" "Supines with endings of their own.";
    AfterHave "grammatik.txt#perfekt-slut" "Words between ”har” and what it has that end a perfect before it began.";
    Past "grammatik.txt#förfluten-tid" "Verbs that say that something has happened.";
    Happened "grammatik.txt#har-skett" "Participles that say so behind ”är”.";
    Told "grammatik.txt#berättat" "Words that put what is to come into the past, or give an end to it.";
    Coming "grammatik.txt#kommande-tid" "Words that say that something is still to come, or that a time is given.";
    Subordinators "grammatik.txt#bisatsord" "What can begin a subordinate clause, whose verb another can follow.";
    Subjects "grammatik.txt#subjekt" "Pronouns that are the subject of a clause.";
    Heads "grammatik.txt#huvudord" "What can be the head of a clause without ”som”: ”det stöd skolan ger är”.";
    Conjunctions "grammatik.txt#bindeord" "Conjunctions.";
    Between "grammatik.txt#mellanord" "What can stand between a verb and its copy: adverbs, particles, articles.";
    Actors "grammatik.txt#aktörer" "Who acts in such texts: ”nämnden”, ”socialtjänsten”, ”motionärerna”.";

    Utrum "bojning.txt#utrum" "Nouns with ”en”.";
    Neutrum "bojning.txt#neutrum" "Nouns with ”ett”.";
    BeforeUtrum "bojning.txt#före-utrum" "What stands before a noun with ”en”.";
    BeforeNeutrum "bojning.txt#före-neutrum" "What stands before a noun with ”ett”.";
    BeforePlural "bojning.txt#före-flertal" "What several of something follow.";
    UtrumAdjectives "bojning.txt#adjektiv-utrum" "Adjectives that stand before a noun with ”en”.";
    NeutrumAdjectives "bojning.txt#adjektiv-neutrum" "Adjectives that stand before a noun with ”ett”.";
    NoAdjectives "bojning.txt#inte-adjektiv" "Words that end as adjectives do.";
    Describing "bojning.txt#beskrivande" "Adjectives that stand before a noun, and never for one as ”unga” does.";
    Plural "bojning.txt#flertal" "Nouns in the plural.";
    DefinitePlural "bojning.txt#flertal-bestämd" "Nouns in the definite plural.";
    DefiniteSingular "bojning.txt#ental-bestämd" "Nouns in the definite singular.";
    PluralAnyway "bojning.txt#flertal-ändå" "Nouns in the plural that end as others do in the singular: ”anslagen”.";

    Genitives "mening.txt#genitiv" "Who acts, in the genitive.";
    Definite "mening.txt#bestämda" "Nouns in their definite form, which no genitive has after it.";
    Owned "mening.txt#ägda" "What only somebody's own is, in the form that a genitive has after it.";
    Shared "mening.txt#delade" "What somebody shares: ”delar bilden”.";
    Says "mening.txt#åsikter" "Verbs of what somebody thinks or says, which ”att” follows.";
    Phrases "mening.txt#fraser" "Phrases that need their last word: ”med anledning av”.";
    OpenPairs "mening.txt#oavslutade-par" "Pairs of words that no sentence ends with: ”följd av”.";
    Open "mening.txt#oavslutade" "Words that no sentence ends with.";
    SentenceVerbs "mening.txt#meningsverb" "Verbs that make a sentence of a paragraph.";
    Beginnings "mening.txt#meningsbörjan" "Words that have a capital only where a sentence begins.";
    CannotEnd "mening.txt#slutar-ingen-mening" "Words that no sentence ends with; what follows with a capital is a name.";
    Whole "mening.txt#korta-ord" "Short words that are no abbreviations, and that a sentence can end with.";
    Authorities "mening.txt#myndigheter" "How authorities and places are called that are written with a capital.";
    Numbered "mening.txt#numrerade" "What has a Roman number behind it.";
    Titled "mening.txt#har-titel" "What a title of its own can follow: ”rapporten Det goda samtalet”.";
    Repeatable "mening.txt#får-upprepas" "Words that can stand twice where one clause meets another.";

    Apart "skrivning.txt#ensamma" "Words that stand alone before many others: ”för skolan” is no ”förskolan”.";
    AloneBefore "skrivning.txt#ensamma-med-s" "Words that end as the first part of a compound does, and are none: ”dess”, ”finns”.";
    SpeltParts "skrivning.txt#förled" "First parts that some write with a hyphen: ”socio-ekonomisk”.";
    VerbLike "skrivning.txt#inte-infinitiv" "Words that end as infinitives do, and stand behind ”har” as nouns or adjectives.";
    Following "skrivning.txt#efterföljande" "Words that follow others so often that they are no endings.";
    GoingOn "skrivning.txt#efter-bindestreck" "What goes on from a word that leaves its end to the next: ”in- och utflyttning”.";
    NoCompound "skrivning.txt#slutar-ingen-sammansättning" "What never ends a compound.";
    Joints "skrivning.txt#fogar" "How a word ends that only the next part of a compound can follow.";

    Bodies "beslut.txt#organ" "Bodies that decide.";
    Deciding "beslut.txt#beslutande" "Bodies that decide, as they stand before their verb.";
    Offices "beslut.txt#kontor" "Who prepares decisions and takes none.";
    Decides "beslut.txt#beslutsverb" "What a body does that decides.";
    DecisionAdverbs "beslut.txt#adverb" "What can stand between a body and its verb.";
    Prepositions "beslut.txt#prepositioner" "What begins a longer insertion.";
    ShortVerbs "beslut.txt#verb" "Verbs of points that do not end as others do.";
    NoVerbs "beslut.txt#inte-verb" "Words of points that end as verbs do.";
    Adjusted "beslut.txt#justeras" "What is adjusted at once.";
    Soon "beslut.txt#omedelbart" "Other words for at once.";

    Asking "fragor.txt#frågeord" "Words that ask for more than yes or no.";
    PartOfQuestions "fragor.txt#delvis" "Words before a number that make it a part of the whole.";
    QuestionsAsked "fragor.txt#ställda" "Words in a sentence that counts the questions that were asked.";
    QuestionsOtherwise "fragor.txt#andra" "Words in a sentence that counts questions of another kind.";
    Surveys "fragor.txt#enkäter" "What has questions of its own.";
    Answerable "fragor.txt#besvaras" "Matters that can be answered.";
    AnalysisMade "fragor.txt#analys-görs" "Verbs of what is done with an analysis.";

    Organisations "person.txt#organisationer" "Words of a title or an organisation, in a line of a signature.";
    Somebody "person.txt#enskilda" "Somebody who is no official: a person in a role, or as a man, a woman, a child.";
    Roles "person.txt#roller" "Roles that a first name can follow: ”eleven Elin”.";
    OneOfThem "person.txt#någon-viss" "Somebody in particular, and that it is so.";
    InGeneral "person.txt#i-allmänhet" "What is so in general, and of nobody in particular.";
    Illness "person.txt#hälsa" "Diagnoses and what else says how somebody is.";
    Experts "person.txt#sakkunniga" "Who is named for what they have written, or do in their work.";
    Vehicles "person.txt#fordon" "Words of a vehicle.";
    Owners "person.txt#fastighetsägare" "Words of somebody who lives at a property, owns it or complains of it.";
    Streets "person.txt#gator" "How the names of streets end.";
}

/// The lists that a file has sections for; none where it is no list, or one without sections.
pub fn sections(file: &str) -> impl Iterator<Item = &'static str> {
    List::ALL
        .iter()
        .map(|list| list.place())
        .filter(move |(name, _)| *name == file)
        .filter_map(|(_, name)| name)
}

/// The name of the section that a line begins: `[utrum]`.
pub fn section_of(line: &str) -> Option<&str> {
    line.trim().strip_prefix('[')?.strip_suffix(']')
}

/// Every list, in the order of their numbers, from the texts of their files, those built in first.
pub fn read<T: AsRef<str>>(texts: impl Fn(&str) -> Vec<T>) -> Vec<WordList> {
    let mut lists = vec![WordList::default(); List::ALL.len()];
    let mut read: Vec<&str> = Vec::new();
    for (file, _) in List::ALL.iter().map(|list| list.place()) {
        if read.contains(&file) {
            continue;
        }
        read.push(file);
        let list_of =
            |section: Option<&str>| List::ALL.iter().position(|list| list.place() == (file, section));
        for text in texts(file) {
            // What stands before the first section of a file that has them is of no list.
            let mut here = list_of(None);
            for line in text.as_ref().lines() {
                if let Some(name) = section_of(line) {
                    here = list_of(Some(name));
                } else if let Some(list) = here {
                    listed(line).for_each(|word| lists[list].take(word));
                }
            }
        }
    }
    lists
}

/// The words of a list.
#[derive(Clone, Debug, Default)]
pub struct WordList {
    /// Those that stand whole, in the order of the list.
    whole: Vec<String>,
    known: FxHashSet<String>,
    beginnings: Vec<String>,
    endings: Vec<String>,
    parts: Vec<String>,
}

impl WordList {
    /// Adds a word, or takes away one with a minus before it.
    fn take(&mut self, said: &str) {
        let (word, is_gone) = match said.strip_prefix('-').filter(|word| !word.is_empty()) {
            Some(word) => (word, true),
            None => (said, false),
        };
        let bare = word.trim_matches('*').replace('_', " ");
        let among = match (word.starts_with('*'), word.ends_with('*')) {
            (false, false) => &mut self.whole,
            (false, true) => &mut self.beginnings,
            (true, false) => &mut self.endings,
            (true, true) => &mut self.parts,
        };
        let is_whole = bare.len() == word.len();
        if is_gone {
            among.retain(|other| *other != bare);
            if is_whole {
                self.known.remove(&bare);
            }
        } else if is_whole && self.known.insert(bare.clone()) || !is_whole && !among.contains(&bare) {
            among.push(bare);
        }
    }

    /// Whether a word is one of them, or begins or ends as one of them does.
    pub fn has(&self, word: &str) -> bool {
        self.known.contains(word)
            || self.beginnings.iter().any(|beginning| word.starts_with(beginning.as_str()))
            || self.endings.iter().any(|ending| word.ends_with(ending.as_str()))
            || self.parts.iter().any(|part| word.contains(part.as_str()))
    }

    /// Whether a word is one of them, as it stands there.
    pub fn has_whole(&self, word: &str) -> bool {
        self.known.contains(word)
    }

    /// The words that stand whole in the list, in its order.
    pub fn whole(&self) -> impl Iterator<Item = &str> {
        self.whole.iter().map(String::as_str)
    }

    /// The endings that stand in the list, in its order.
    pub fn endings(&self) -> impl Iterator<Item = &str> {
        self.endings.iter().map(String::as_str)
    }

    /// Whether one of them stands in a text in small letters.
    pub fn are_in(&self, lower: &str) -> bool {
        self.first_in(lower).is_some()
    }

    /// Where the first of them stands in a text in small letters, as a word or as a part of one with
    /// hyphens.
    pub fn first_in(&self, lower: &str) -> Option<Range<usize>> {
        runs(lower, char::is_alphanumeric, |mark| mark == '-').find_map(|run| {
            let word = &lower[run.clone()];
            if self.has(word) {
                return Some(run);
            }
            let mut start = run.start;
            word.split('-').filter(|part| part.len() < word.len()).find_map(|part| {
                let range = start..start + part.len();
                start = range.end + 1;
                self.has(part).then_some(range)
            })
        })
    }

    /// How the phrases of the list that begin with these two words go on.
    pub fn after<'a>(&'a self, one: &'a str, other: &'a str) -> impl Iterator<Item = &'a str> {
        let phrases = self.whole();
        phrases.filter_map(move |phrase| after(after(phrase, one)?, other))
    }
}

/// What follows the first word of a phrase, if that is this one.
fn after<'a>(phrase: &'a str, word: &str) -> Option<&'a str> {
    phrase.strip_prefix(word)?.strip_prefix(' ')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::Templates;

    #[test]
    fn every_list_has_its_file_with_words() {
        let templates = Templates::new(Default::default()).expect("the built-in templates are right");
        for list in List::ALL {
            let words = templates.vocabulary().list(*list);
            let number = words.whole.len() + words.beginnings.len() + words.endings.len() + words.parts.len();
            assert!(number > 0, "{list:?} in {:?}", list.place());
        }
    }

    #[test]
    fn a_folder_of_ones_own_adds_and_takes_away() {
        let own = [
            ("language/fornamn.txt", "# Egna\nbertrand -adam\n"),
            ("language/bojning.txt", "[utrum]\n*plats -*grupp\n[neutrum]\ntorg\n"),
        ];
        let own = own.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
        let templates = Templates::new(own.into()).expect("right");
        let names = templates.vocabulary().list(List::FirstNames);
        assert!(names.has("bertrand") && names.has("anna") && !names.has("adam"));
        let nouns = templates.vocabulary().list(List::Utrum);
        assert!(nouns.has("skolplats") && nouns.has("utredning") && !nouns.has("torg"));
        assert!(!nouns.has("arbetsgrupp") && templates.vocabulary().list(List::Neutrum).has("torg"));
    }

    #[test]
    fn a_list_that_no_rule_asks_for_is_refused() {
        let own = [("language/bojning.txt".to_owned(), b"[neutrum]\nplan\n[utrom]\n*plats\n".to_vec())];
        let faults = Templates::with_folder("egna", own.into()).err().expect("refused");
        let place = faults[0].place.as_ref().expect("a place");
        assert_eq!(place.source.position(place.range.start), (3, 1));
        assert_eq!((faults.len(), faults[0].hint.as_deref()), (1, Some("Menade du [utrum]?")));
        let own = [("language/bojning.txt".to_owned(), b"# Egna\nplan\n[neutrum]\n".to_vec())];
        let faults = Templates::with_folder("egna", own.into()).err().expect("refused");
        let place = faults[0].place.as_ref().expect("a place");
        assert_eq!((faults.len(), place.source.position(place.range.start)), (1, (2, 1)));
    }

    #[test]
    fn words_begin_and_end_as_the_list_says() {
        let mut words = WordList::default();
        listed("bil diagnos* *gatan *sjuk* på_grund_av").for_each(|word| words.take(word));
        for (word, has) in [
            ("bil", true),
            ("bilen", false),
            ("diagnosen", true),
            ("storgatan", true),
            ("osjuka", true),
            ("ett", false),
        ] {
            assert_eq!(words.has(word), has, "{word}");
        }
        assert_eq!(words.first_in("en last-bil, en bil"), Some(8..11));
        assert_eq!(words.first_in("en bilfärd"), None);
        assert_eq!(words.after("på", "grund").collect::<Vec<_>>(), ["av"]);
    }
}
