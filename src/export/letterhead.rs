//! The letterhead as facts: the front matter, for the formats that no layout sets.
//!
//! The only place beside the layouts that reads the front matter.

use crate::document::Document;
use crate::language::swedish::{self, capitalised};
use crate::library::Templates;
use crate::library::utseende::Utseende;
use crate::read::head::Avsandare;
use crate::yaml::field::Several;
use crate::yaml::values::Line;

/// What the letterhead says; what a kind of document lacks is empty.
#[derive(Clone, Debug, Default)]
pub struct Letterhead<'a> {
    /// What the document calls itself; nothing where its heading line says it.
    pub kind: Option<String>,
    /// The line over the title of an utlåtande.
    pub heading_line: Option<&'a str>,
    /// Whether it is a draft.
    pub draft: bool,
    /// The diarienummer, one after the other.
    pub number: String,
    /// The word before it, where it is not the usual one.
    pub number_label: Option<&'a str>,
    /// What the recipient calls the matter.
    pub reference: Option<&'a str>,
    /// The date as it is written; a draft may have something else there.
    pub date: &'a str,
    /// The word before it, if there is one.
    pub date_label: Option<&'a str>,
    /// Those who write, together where they are several.
    pub senders: Vec<Sender<'a>>,
    /// Who prepared the matter.
    pub officers: Vec<Officer<'a>>,
    /// The nämnder it goes to.
    pub recipients: Vec<Recipient<'a>>,
    /// The mark: its file among the templates, and what it shows.
    pub mark: Option<(&'a str, &'a str)>,
    /// What the profile sets of the looks.
    pub looks: Option<&'a Utseende>,
}

/// A nämnd that a letter goes to.
#[derive(Clone, Debug)]
pub struct Recipient<'a> {
    /// Its name.
    pub board: &'a str,
    /// The day of its meeting.
    pub meeting: Option<&'a str>,
}

/// A förvaltning and how to reach it.
#[derive(Clone, Debug, Default)]
pub struct Sender<'a> {
    /// Its name; that of the nämnd, where it writes itself.
    pub authority: &'a str,
    /// The förvaltning of a nämnd that writes itself.
    pub office: Option<&'a str>,
    /// The department.
    pub department: Option<&'a str>,
    /// The lines of its address.
    pub address: Vec<&'a str>,
    /// Its telephone.
    pub telephone: Option<&'a str>,
    /// Its fax.
    pub fax: Option<&'a str>,
    /// Its e-mail.
    pub mail: Option<&'a str>,
    /// Its place on the web.
    pub web: Option<&'a str>,
}

/// A person who prepared the matter.
#[derive(Clone, Debug)]
pub struct Officer<'a> {
    /// The name.
    pub name: &'a str,
    /// The title.
    pub title: Option<&'a str>,
    /// The telephone.
    pub telephone: Option<&'a str>,
    /// The e-mail.
    pub mail: Option<&'a str>,
}

impl<'a> Letterhead<'a> {
    /// The letterhead of a document.
    pub fn of(document: &'a Document, templates: &Templates) -> Self {
        let front = &document.front;
        let mall = front.mall.text.as_str();
        let called = templates.kinds().get(mall).map(|kind| kind.benamning.text.clone());
        let called = called.filter(|name| !name.is_empty()).unwrap_or_else(|| capitalised(mall));
        let called = text(&front.benamning).map_or(called, str::to_owned);
        let heading_line = text(&front.rubrikrad);
        let numbers: Vec<&str> = front.diarienummer.iter().map(|number| number.text.as_str()).collect();
        Self {
            kind: heading_line.is_none().then_some(called),
            heading_line,
            draft: front.is_draft(),
            number: numbers.join(", "),
            number_label: text(&front.nummeretikett),
            reference: text(&front.er_beteckning),
            date: &front.datum.line.text,
            date_label: text(&front.datumetikett),
            senders: front.avsandare.iter().flat_map(Several::iter).map(sender).collect(),
            officers: front
                .handlaggare
                .iter()
                .map(|person| Officer {
                    name: &person.namn.text,
                    title: text(&person.titel),
                    telephone: text(&person.telefon),
                    mail: text(&person.e_post),
                })
                .collect(),
            recipients: front
                .till
                .iter()
                .flat_map(Several::iter)
                .map(|till| Recipient {
                    board: &till.namnd.text,
                    meeting: till.sammantrade.as_ref().map(|day| day.line.text.as_str()),
                })
                .collect(),
            mark: front.marke.as_ref().map(|mark| (mark.fil.text.as_str(), mark.alt.text.as_str())),
            looks: front.utseende.as_ref(),
        }
    }

    /// Those who write, in words; nothing where nobody is said.
    pub fn authority(&self) -> Option<String> {
        listed(self.senders.iter().map(|sender| sender.authority))
    }

    /// The nämnder it goes to, in words.
    pub fn board(&self) -> Option<String> {
        listed(self.recipients.iter().map(|recipient| recipient.board))
    }

    /// The day of the first of their meetings.
    pub fn meeting(&self) -> Option<&'a str> {
        self.recipients.iter().find_map(|recipient| recipient.meeting)
    }
}

fn sender(said: &Avsandare) -> Sender<'_> {
    let board = text(&said.namnd);
    Sender {
        authority: board.unwrap_or(&said.namn().text),
        office: board.and(text(&said.forvaltning)),
        department: text(&said.avdelning),
        address: said.adress.iter().map(|line| line.text.as_str()).collect(),
        telephone: text(&said.telefon),
        fax: text(&said.fax),
        mail: text(&said.e_post),
        web: text(&said.webb),
    }
}

impl Sender<'_> {
    /// Whether there is a way to reach it.
    pub fn has_address(&self) -> bool {
        !self.address.is_empty()
            || [self.telephone, self.fax, self.mail, self.web].iter().any(Option::is_some)
    }
}

fn listed<'t>(names: impl Iterator<Item = &'t str>) -> Option<String> {
    let names: Vec<String> = names.map(str::to_owned).collect();
    (!names.is_empty()).then(|| swedish::listed(&names))
}

/// The address that a way to reach somebody leads to as a link: of an e-mail, a telephone, a place on the web.
pub fn link_of(contact: &str) -> Option<String> {
    if contact.contains('@') {
        return (!contact.contains([' ', '?', '%'])).then(|| format!("mailto:{contact}"));
    }
    if contact.contains(char::is_alphabetic) {
        let target = match contact.split_once(':') {
            Some((scheme, _)) if ["http", "https"].contains(&scheme.to_lowercase().as_str()) => {
                contact.to_owned()
            }
            Some(_) => return None,
            None => format!("https://{contact}"),
        };
        return (contact.contains('.') && !contact.contains(' ')).then_some(target);
    }
    let dialled: String = contact.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    let is_number = dialled.len() >= 5 && contact.chars().all(|c| c.is_ascii_digit() || " +-–".contains(c));
    is_number.then(|| format!("tel:{dialled}"))
}

/// Whether an address of e-mail is made of a person's name: `maja.exempel@…` of Maja Exempel.
pub fn is_address_of(address: &str, name: &str) -> bool {
    let Some((local, _)) = address.split_once('@') else { return false };
    let local = plain_letters(local);
    let mut words = name.split_whitespace().map(plain_letters);
    let (first, last) = (words.next(), words.next_back());
    first.zip(last).is_some_and(|(first, last)| local.contains(&first) && local.contains(&last))
}

/// In small letters of a to z, as addresses are written.
fn plain_letters(word: &str) -> String {
    word.to_lowercase()
        .chars()
        .filter_map(|letter| match letter {
            'å' | 'ä' | 'á' | 'à' => Some('a'),
            'ö' | 'ø' => Some('o'),
            'é' | 'è' | 'ê' => Some('e'),
            'ü' => Some('u'),
            'a'..='z' => Some(letter),
            _ => None,
        })
        .collect()
}

fn text(line: &Option<Line>) -> Option<&str> {
    line.as_ref().map(|line| line.text.as_str())
}

#[cfg(test)]
mod tests {
    use super::{is_address_of, link_of};

    #[test]
    fn what_somebody_is_reached_by_is_a_link() {
        for (said, target) in [
            ("08-508 33 000", Some("tel:0850833000")),
            ("+46 8 508 33 000", Some("tel:+46850833000")),
            ("stad.example", Some("https://stad.example")),
            ("http://stad.example/a", Some("http://stad.example/a")),
            ("maja@stad.example", Some("mailto:maja@stad.example")),
            ("javascript://stad.example/%0Aalert(1)", None),
            ("växeln, anknytning 12", None),
            ("08-508 33 000 (växel)", None),
            ("112", None),
        ] {
            assert_eq!(link_of(said).as_deref(), target);
        }
    }

    #[test]
    fn an_address_of_a_person_is_known_by_the_name() {
        assert!(is_address_of("maja.exempel@stockholm.se", "Maja Exempel"));
        assert!(is_address_of("asa.oberg@stockholm.se", "Åsa Öberg"));
        assert!(is_address_of("anna-karin.ek@stockholm.se", "Anna-Karin Ek"));
        assert!(!is_address_of("registrator.exempel@stockholm.se", "Maja Exempel"));
        assert!(!is_address_of("socialforvaltningen@stockholm.se", "Maja Exempel"));
    }
}
