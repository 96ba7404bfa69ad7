//! What a case accepts of what the review finds, and why.

use serde_json::{Map, Value as Json, json};

use crate::diagnostic::codes;
use crate::yaml::entries::Entries;
use crate::yaml::field::{Field, Reader, described, record};
use crate::yaml::node::{Value, YamlNode};
use crate::yaml::values::Line;

/// The acceptances of a case, in the order of the file.
#[derive(Clone, Debug, Default)]
pub struct Godkann(pub Vec<Godkannande>);

record! {
    /// One acceptance.
    pub struct Godkannande {
        "kod" required kod: Line, "Koden för det som godkänns, så som granskningen skriver den.";
        "skäl" required skal: Line, "Varför det får stå kvar.";
        "text" optional text: Option<Line>, "Orden det gäller. Utelämnas de gäller godkännandet hela ärendet.";
    }
}

impl Field for Godkann {
    fn read(node: &YamlNode, reader: &mut Reader) -> Self {
        if let Value::List(_) = node.value {
            return Self(Vec::read(node, reader));
        }
        let Some(entries) = Entries::of(node, Self::schema, reader) else { return Self::default() };
        let accepted = entries.rest().into_iter().map(|(key, reason)| Godkannande {
            kod: Line { text: key.name.clone(), origin: Some(key.origin.clone()) },
            skal: Line::read(reason, reader),
            text: None,
        });
        Self(accepted.collect())
    }

    fn schema() -> Json {
        // The codes with what they are about, for completion; what is no code stays `check`'s to say.
        let codes = codes::ALL.iter().filter(|code| code.can_be_accepted());
        let codes: Map<String, Json> =
            codes.map(|code| (code.name.to_owned(), described(Line::schema(), &code.summary()))).collect();
        json!({ "oneOf": [
            { "type": "object", "properties": codes, "additionalProperties": false },
            Vec::<Godkannande>::schema(),
        ] })
    }
}
