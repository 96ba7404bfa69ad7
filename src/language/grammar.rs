//! Grammar as far as broken sentences need it: clauses, and the classes of common words.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::runs;

/// What a word can be; the bits of one that is several things are joined.
pub type Class = u16;

/// A verb that is finite and nothing else: ”görs”, but not ”delar”.
pub const FINITE: Class = 1;
/// A verb that an infinitive follows.
pub const MODAL: Class = 1 << 1;
/// An infinitive and nothing else.
pub const INFINITIVE: Class = 1 << 2;
/// A supine of a common verb.
pub const SUPINE: Class = 1 << 3;
/// What can begin a subordinate clause, whose verb another can follow: ”de som vill kan”.
pub const SUBORDINATOR: Class = 1 << 4;
/// What can be the head of a clause without ”som”: ”det stöd skolan ger är”.
pub const HEAD: Class = 1 << 5;
/// A conjunction.
pub const CONJUNCTION: Class = 1 << 6;
/// What can stand between a verb and its copy: adverbs, particles, articles.
pub const BETWEEN: Class = 1 << 7;
/// A pronoun that is the subject of a clause.
pub const PRONOUN: Class = 1 << 8;

/// A finite verb that is also an infinitive, a participle or another word: ”redovisas”,
/// ”beslutade”, ”delar”.
pub const EITHER: Class = 1 << 9;

/// The words of each class.
const WORDS: &[(Class, &str)] = &[
    (
        FINITE,
        "är blir blev har gör görs gjorde gjordes finns fanns får fick ger gav tar tog ser såg går \
         gick står kommer kom behöver behövs behövde krävs kräver krävdes gäller gällde sker skedde \
         innebär innebar utgör ingår anser anses ansåg menar bedömer bedöms bedömde föreslår \
         föreslås föreslog föreslogs framförs framförde framhåller framhålls framgår framgick \
         konstaterar redovisar beslutar godkänner godkänns godkände överlämnar arbetar avser avses \
         avsåg avstyrker avstyrks tillstyrker tillstyrks saknar noterar hänvisar instämmer instämde \
         lyfter lyfte skriver skrivs skrev önskar yrkar ställer ställs ställde visar bidrar bidrog \
         syftar omfattar erbjuder erbjuds deltar deltog fortsätter fortsatte pågår pågick genomför \
         genomförs genomförde genomfördes föreligger behandlar behandlades besvarar besvarades \
         samverkar stödjer stöder välkomnar understryker betonar ökar minskar påverkar medför \
         medförde beror uppger uppgav anför anförde tycker tror ansvarar planerar utvecklar stärker \
         stärks följer upplever upplevs säkerställer tillhandahåller möjliggör bedriver bedrivs \
         använder används skapar påbörjar inleder inledde beaktar fattar lämnar kallar bygger \
         grundar riktar medverkar motverkar främjar prioriterar vidtar vidtog inrättar avslår \
         bifaller tillämpar reglerar reglerades avvisar bemöter föranleder",
    ),
    (
        EITHER,
        "framför konstateras redovisas beslutas överlämnas saknas noteras hänvisas lyfts omfattas \
         behandlas besvaras påverkas planeras utvecklas skapas ges tas ses delar lämnas fattas \
         beaktas vidtas främjas prioriteras påbörjas hade menade konstaterade redovisade beslutade \
         överlämnade arbetade hänvisade önskade yrkade visade samverkade ökade minskade ansvarade \
         påbörjade fattade lämnade inrättade",
    ),
    (FINITE | MODAL, "ska skall kan bör måste vill skulle kunde borde ville"),
    (
        INFINITIVE,
        "vara bli ha göra göras finnas få ge gå stå komma behöva kunna vilja anse bedöma föreslå framföra \
         framhålla konstatera redovisa besluta godkänna överlämna arbeta avstyrka tillstyrka instämma genomföra \
         genomföras behandla behandlas besvara besvaras utveckla stärka säkerställa skapa använda erbjuda delta \
         fortsätta bidra möjliggöra bedriva ställa skriva lämna ta",
    ),
    (
        SUPINE,
        "varit blivit haft gjort fått gett tagit gått kommit beslutat överlämnat genomfört utvecklat föreslagit ansett \
         bedömt redovisat kunnat velat skrivit ställt lämnat",
    ),
    (
        SUBORDINATOR,
        "som vad när där dit om hur vilka vilken vilket vem vars vilkas medan innan sedan eftersom ifall ju desto \
         huruvida oavsett trots fast fastän tills länge så då än vart varför allteftersom allt",
    ),
    (SUBORDINATOR | PRONOUN, "man jag du ni den det de vi hon han"),
    (
        HEAD,
        "det den de dem dessa denna detta alla all varje någon något några ingen inget mycket många sådan sådant sådana",
    ),
    (CONJUNCTION, "och eller men samt utan respektive plus både varken antingen såväl"),
    (
        BETWEEN,
        "inte också även redan därför dessutom fortfarande nu dock ännu alltid aldrig ofta endast bara fram upp in ut \
         bort till emot ned över under med på av i för ingen inget inga en ett egen eget någon något en sin sitt sina \
         särskild stor god väl ej heller således däremot istället tidigare idag vidare",
    ),
];

static CLASSES: LazyLock<FxHashMap<&str, Class>> = LazyLock::new(|| {
    let mut classes: FxHashMap<&str, Class> = FxHashMap::default();
    for (class, words) in WORDS {
        for word in words.split_whitespace() {
            *classes.entry(word).or_default() |= class;
        }
    }
    classes
});

/// What a word in small letters can be.
pub fn class(word: &str) -> Class {
    // No noun ends as ”implementerar”.
    CLASSES.get(word).copied().unwrap_or(if word.ends_with("erar") { FINITE } else { 0 })
}

/// A word of a clause, in lower case.
#[derive(Clone, Debug)]
pub struct Word<'a> {
    /// The word.
    pub text: &'a str,
    /// Where it stands in the passage.
    pub range: Range<usize>,
    /// What it can be.
    pub class: Class,
}

impl Word<'_> {
    /// Whether it can be one of these.
    pub fn is(&self, class: Class) -> bool {
        self.class & class != 0
    }

    /// Whether it names who acts in such texts: ”nämnden”, ”socialtjänsten”, ”motionärerna”.
    pub fn is_actor(&self) -> bool {
        const ENDS: &[&str] = &[
            "nämnden",
            "nämnd",
            "förvaltningen",
            "förvaltning",
            "styrelsen",
            "kontoret",
            "skolan",
            "skolorna",
            "tjänsten",
            "avdelningen",
            "enheten",
            "rådet",
            "staden",
            "kommunen",
            "regeringen",
            "regionen",
            "myndigheten",
            "motionären",
            "motionärerna",
            "partiet",
            "utskottet",
            "ledamöterna",
            "stadsdelen",
        ];
        const PEOPLE: &[&str] = &["vi", "de", "hon", "han", "man"];
        PEOPLE.contains(&self.text) || ENDS.iter().any(|end| self.text.ends_with(end))
    }
}

/// What stands between two marks of punctuation.
#[derive(Clone, Debug)]
pub struct Clause<'a> {
    /// Its words.
    pub words: Vec<Word<'a>>,
    /// Whether a sentence begins with it.
    pub begins: bool,
    /// What follows its last word, up to the next.
    pub after: &'a str,
}

/// The clauses of a text, which is also given in lower case, of the same length.
pub fn clauses<'a>(text: &str, lower: &'a str) -> Vec<Clause<'a>> {
    let mut clauses = Vec::new();
    let mut words: Vec<Word> = Vec::new();
    let mut begins = true;
    // Letters and digits, with hyphens inside.
    for range in runs(lower, char::is_alphanumeric, |mark| mark == '-') {
        if let Some(last) = words.last() {
            let gap = &lower[last.range.end..range.start];
            if gap != " " {
                clauses.push(Clause { words: std::mem::take(&mut words), begins, after: gap });
                begins = gap.starts_with(['.', '!', '?', ':'])
                    && text[range.start..]
                        .starts_with(|first: char| first.is_uppercase() || first.is_numeric());
            }
        }
        let word = &lower[range.clone()];
        words.push(Word { text: word, range, class: class(word) });
    }
    if let Some(last) = words.last() {
        let after = &lower[last.range.end..];
        clauses.push(Clause { words, begins, after });
    }
    clauses
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_end_at_punctuation() {
        let text = "Nämnden, t.ex. som in- eller 15-gruppen (L) anser. Det är så.";
        let lower = text.to_lowercase();
        let shown: Vec<(String, bool)> = clauses(text, &lower)
            .iter()
            .map(|clause| {
                (clause.words.iter().map(|word| word.text).collect::<Vec<_>>().join("|"), clause.begins)
            })
            .collect();
        let wanted = [
            ("nämnden", true),
            ("t", false),
            ("ex", false),
            ("som|in", false),
            ("eller|15-gruppen", false),
            ("l", false),
            ("anser", false),
            ("det|är|så", true),
        ];
        assert_eq!(shown, wanted.map(|(words, begins)| (words.to_owned(), begins)));
    }
}
