//! The tjänsteutlåtande of 2008, for archives: today's keys in the layout of then.

use super::{BodyKey, Kind, tjansteutlatande};

pub(super) const KIND: Kind = Kind { word: "tjänsteutlåtande-2008", body: &BODY, ..tjansteutlatande::KIND };

/// Today's keys, but for the heading of the proposal: then it was short.
const BODY: [BodyKey; tjansteutlatande::BODY.len()] = {
    let mut body = tjansteutlatande::BODY;
    body[0].heading = Some("Förslag till beslut");
    body
};
