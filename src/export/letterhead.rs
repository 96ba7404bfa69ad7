//! The letterhead as facts: the front matter, for the formats that no layout sets.
//!
//! The only place beside the layouts that reads the front matter.

use crate::document::Document;
use crate::language::swedish::capitalised;
use crate::library::Templates;
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
    /// The diarienummer.
    pub number: &'a str,
    /// The date as it is written; a draft may have something else there.
    pub date: &'a str,
    /// Who writes.
    pub sender: Sender<'a>,
    /// Who prepared the matter.
    pub officers: Vec<Officer<'a>>,
    /// The nämnd it goes to.
    pub board: Option<&'a str>,
    /// The day of the meeting.
    pub meeting: Option<&'a str>,
    /// The mark: its file among the templates, and what it shows.
    pub mark: Option<(&'a str, &'a str)>,
}

/// A förvaltning and how to reach it.
#[derive(Clone, Debug, Default)]
pub struct Sender<'a> {
    /// Its name.
    pub authority: Option<&'a str>,
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
        let sender = front.avsandare.as_ref().map_or_else(Sender::default, |sender| Sender {
            authority: Some(&sender.forvaltning.text),
            department: text(&sender.avdelning),
            address: sender.adress.iter().map(|line| line.text.as_str()).collect(),
            telephone: text(&sender.telefon),
            fax: text(&sender.fax),
            mail: text(&sender.e_post),
            web: text(&sender.webb),
        });
        let recipient = front.till.as_ref();
        let heading_line = text(&front.rubrikrad);
        Self {
            kind: heading_line.is_none().then_some(called),
            heading_line,
            draft: front.is_draft(),
            number: &front.diarienummer.text,
            date: &front.datum.line.text,
            sender,
            officers: front
                .handlaggare
                .iter()
                .map(|person| Officer {
                    name: &person.namn.text,
                    telephone: text(&person.telefon),
                    mail: text(&person.e_post),
                })
                .collect(),
            board: recipient.map(|till| till.namnd.text.as_str()),
            meeting: recipient.and_then(|till| Some(till.sammantrade.as_ref()?.line.text.as_str())),
            mark: front.marke.as_ref().map(|mark| (mark.fil.text.as_str(), mark.alt.text.as_str())),
        }
    }

    /// The same without the ways to reach a person: for the open web.
    #[must_use]
    pub fn without_persons(mut self) -> Self {
        let personal: Vec<&str> =
            self.officers.iter().flat_map(|person| [person.telephone, person.mail]).flatten().collect();
        let names: Vec<&str> = self.officers.iter().map(|person| person.name).collect();
        let is_personal = |contact: &&str| {
            personal.contains(contact) || names.iter().any(|name| is_address_of(contact, name))
        };
        self.sender.telephone = self.sender.telephone.filter(|contact| !is_personal(contact));
        self.sender.mail = self.sender.mail.filter(|contact| !is_personal(contact));
        for person in &mut self.officers {
            (person.telephone, person.mail) = (None, None);
        }
        self
    }
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
    use super::is_address_of;

    #[test]
    fn an_address_of_a_person_is_known_by_the_name() {
        assert!(is_address_of("maja.exempel@stockholm.se", "Maja Exempel"));
        assert!(is_address_of("asa.oberg@stockholm.se", "Åsa Öberg"));
        assert!(is_address_of("anna-karin.ek@stockholm.se", "Anna-Karin Ek"));
        assert!(!is_address_of("registrator.exempel@stockholm.se", "Maja Exempel"));
        assert!(!is_address_of("socialforvaltningen@stockholm.se", "Maja Exempel"));
    }
}
