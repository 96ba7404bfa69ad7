//! The tjänsteutlåtande of 2008, for archives: today's keys in the layout of then.

use super::{Kind, tjansteutlatande};

pub(super) const KIND: Kind = Kind { word: "tjänsteutlåtande-2008", ..tjansteutlatande::KIND };
