//! Every code that a finding can have: how bad it is, and the page that explains it.
//!
//! The pages are `pages/KOD.md`: the code as a heading, then what, why, wrong and right. A further
//! code is a line here and its page, without which the line does not compile.

use std::cmp::Ordering;
use std::fmt::{self, Debug, Display, Formatter};
use std::hash::{Hash, Hasher};

use super::Severity;

/// The four parts of every page, as their headings.
pub const PARTS: [&str; 4] = ["Vad", "Varför", "Fel", "Rätt"];

/// A code.
#[derive(Clone, Copy)]
pub struct Code {
    /// The code itself, such as `dubbel-nyckel`.
    pub name: &'static str,
    /// How bad what has this code is, unless a profile says otherwise.
    pub severity: Severity,
    /// Whether a rule of the content review has it: then profiles may set it.
    pub rule: bool,
    /// The page that explains it, in Markdown.
    pub page: &'static str,
}

/// A line for each code: its name in the sources, its name for people, how bad it is, and whether
/// it is of the form of files, keys and values, or a rule's of the review.
macro_rules! codes {
    ($($code:ident $name:literal $severity:ident $kind:ident;)*) => {
        $(
            #[doc = concat!("`", $name, "`")]
            pub const $code: Code =
                Code::$kind($name, Severity::$severity, include_str!(concat!("pages/", $name, ".md")));
        )*

        /// Every code, sorted by its name.
        pub const ALL: &[Code] = &[$($code),*];
    };
}

codes! {
    ALT_TEXT_SAKNAS "alt-text-saknas" Error form;
    ANALYS_FORMEL "analys-formel" Advice rule;
    ANALYS_SAKNAS "analys-saknas" Warning rule;
    ANTAL_FRAGOR "antal-frågor" Warning rule;
    ANTAL_PUNKTER "antal-punkter" Warning rule;
    AVSNITT_SAKNAS "avsnitt-saknas" Warning rule;
    AVSTAVNING_KVAR "avstavning-kvar" Warning rule;
    AVSANDARE_TOM "avsändare-tom" Advice rule;
    BELOPP_SKILJER "belopp-skiljer" Warning rule;
    BESLUT_MENING "beslut-mening" Warning rule;
    BESLUT_NAMND "beslut-nämnd" Warning rule;
    BESLUT_SVAR "beslut-svar" Warning rule;
    BESLUTSPUNKT_SAKNAS "beslutspunkt-saknas" Warning rule;
    BILAGA_NUMMER "bilaga-nummer" Warning rule;
    BILAGA_ONAMND "bilaga-onämnd" Advice rule;
    BILAGA_SAKNAS "bilaga-saknas" Error form;
    BILD_FORMAT "bild-format" Error form;
    BILD_I_TEXT "bild-i-text" Error form;
    BILD_SAKNAS "bild-saknas" Error form;
    BILD_SKADAD "bild-skadad" Warning form;
    BILD_TYPSNITT "bild-typsnitt" Advice form;
    BILD_UTANFOR "bild-utanför" Error form;
    BILDTEXT "bildtext" Warning rule;
    BINDESTRECK_INTERVALL "bindestreck-intervall" Advice rule;
    BINDESTRECK_SOM_TANKSTRECK "bindestreck-som-tankstreck" Warning rule;
    BOSTADSADRESS "bostadsadress" Warning rule;
    BOJNING "böjning" Warning rule;
    CITATTECKEN_BLANDADE "citattecken-blandade" Warning rule;
    CITATTECKEN_ENSAMT "citattecken-ensamt" Warning rule;
    CITATTECKEN_MELLANSLAG "citattecken-mellanslag" Warning rule;
    DATUM_EFTER_SAMMANTRADE "datum-efter-sammanträde" Warning rule;
    DATUM_FORM "datum-form" Error form;
    DATUM_FORM_BLANDAD "datum-form-blandad" Advice rule;
    DATUM_I_TEXT "datum-i-text" Error rule;
    DATUM_ORDNING "datum-ordning" Warning rule;
    DATUM_PASSERAT "datum-passerat" Warning rule;
    DATUM_AR "datum-år" Warning rule;
    DIARIENUMMER_DELAT "diarienummer-delat" Warning rule;
    DIARIENUMMER_FORM "diarienummer-form" Error form;
    DIARIENUMMER_SNARLIKT "diarienummer-snarlikt" Warning rule;
    DUBBEL_NYCKEL "dubbel-nyckel" Error form;
    DUBBELT_MELLANSLAG "dubbelt-mellanslag" Advice rule;
    DUBBELT_ORD "dubbelt-ord" Warning rule;
    DUBBELT_SKILJETECKEN "dubbelt-skiljetecken" Warning rule;
    E_POST_ANNAN "e-post-annan" Warning rule;
    E_POST_DOMAN "e-post-domän" Warning rule;
    EGET_DATUM "eget-datum" Advice rule;
    EJ_IFYLLT "ej-ifyllt" Error form;
    FASTIGHETSBETECKNING "fastighetsbeteckning" Warning rule;
    FEL_TYP "fel-typ" Error form;
    FELSTAVNING "felstavning" Warning rule;
    FET_RUBRIK "fet-rubrik" Warning rule;
    FIL_FINNS "fil-finns" Error form;
    FIL_LASES_INTE "fil-läses-inte" Error form;
    FIL_SAKNAS "fil-saknas" Error form;
    FIL_SKRIVS_INTE "fil-skrivs-inte" Error form;
    FOTNOT_OANVAND "fotnot-oanvänd" Error form;
    FOTNOT_OLAST "fotnot-oläst" Warning form;
    FOTNOT_PLATS "fotnot-plats" Error form;
    FOTNOT_SAKNAS "fotnot-saknas" Warning form;
    FOTNOT_TOM "fotnot-tom" Error form;
    FRAGA_CITAT "fråga-citat" Advice rule;
    FRAGA_SAKNAS "fråga-saknas" Warning rule;
    FRAGA_UTAN_SVAR "fråga-utan-svar" Warning rule;
    FARG_ENSAM "färg-ensam" Advice rule;
    FOR_DJUPT "för-djupt" Error form;
    FOR_STORT "för-stort" Error form;
    FORKORTNING_BLANDAD "förkortning-blandad" Advice rule;
    FORKORTNING_PUNKT "förkortning-punkt" Warning rule;
    FORKORTNING_UTAN_PUNKT "förkortning-utan-punkt" Advice rule;
    FORSLAG_SKILJER "förslag-skiljer" Warning rule;
    FORVALTNING_ANNAN "förvaltning-annan" Advice rule;
    FORVALTNING_TIDIGARE "förvaltning-tidigare" Warning rule;
    GIT_KONFLIKT "git-konflikt" Error form;
    GIT_VERSION "git-version" Error form;
    GODKANNS_INTE "godkänns-inte" Error form;
    HANDLAGGARE_STAVNING "handläggare-stavning" Warning rule;
    HUVUD_FEL "huvud-fel" Error form;
    HUVUD_SAKNAS "huvud-saknas" Error form;
    HALSOUPPGIFT "hälsouppgift" Warning rule;
    HANVISNING_BILD "hänvisning-bild" Error form;
    HANVISNING_CIRKEL "hänvisning-cirkel" Error form;
    HANVISNING_FEL "hänvisning-fel" Error form;
    HANVISNING_MALL "hänvisning-mall" Error form;
    HANVISNING_SAKNAR "hänvisning-saknar" Error form;
    HANVISNING_SAKNAS "hänvisning-saknas" Error form;
    HANVISNING_UTANFOR "hänvisning-utanför" Error form;
    INDRAG_SOM_KOD "indrag-som-kod" Warning form;
    INGA_ARENDEN "inga-ärenden" Error form;
    INGEN_PDF "ingen-pdf" Error form;
    INGET_ARENDE "inget-ärende" Error form;
    INTE_UTF8 "inte-utf8" Error form;
    INTERNT_FEL "internt-fel" Error form;
    ISAR "isär" Advice rule;
    JAMFORELSE_KALLA "jämförelse-källa" Error form;
    KANSLISPRAK "kanslispråk" Advice rule;
    KLOCKSLAG "klockslag" Advice rule;
    KOLON_SAKNAS "kolon-saknas" Error form;
    KOMMENTAR_I_TEXT "kommentar-i-text" Warning form;
    KOMMENTAR_KVAR "kommentar-kvar" Warning form;
    KONTRAST "kontrast" Error form;
    LAG_KAPITEL "lag-kapitel" Warning rule;
    LAG_NUMMER "lag-nummer" Warning rule;
    LAG_UPPHAVD "lag-upphävd" Warning rule;
    LAYOUT_SAKNAS "layout-saknas" Error form;
    LISTA_OLAST "lista-oläst" Warning form;
    LISTA_PUNKT "lista-punkt" Advice rule;
    LISTNUMMER "listnummer" Warning form;
    LITEN_BOKSTAV "liten-bokstav" Warning rule;
    LUCKA "lucka" Error rule;
    LANK_OLAST "länk-oläst" Warning form;
    LANK_UTAN_MAL "länk-utan-mål" Error form;
    LANK_UTANFOR "länk-utanför" Error form;
    LANKTEXT "länktext" Warning rule;
    LASBARHET "läsbarhet" Advice rule;
    LANG_MENING "lång-mening" Advice rule;
    MALL_FEL "mall-fel" Error form;
    MALL_REST "mall-rest" Warning rule;
    MARKDOWN_OLAST "markdown-oläst" Warning form;
    MELLANSLAG_FORE_PUNKT "mellanslag-före-punkt" Warning rule;
    MELLANSLAG_PARENTES "mellanslag-parentes" Warning rule;
    MELLANSLAG_SAKNAS "mellanslag-saknas" Warning rule;
    MENING_UPPREPAD "mening-upprepad" Advice rule;
    MINNE_SKADAT "minne-skadat" Warning form;
    MARKE_SAKNAS "märke-saknas" Error form;
    NAMN_STAVNING "namn-stavning" Warning rule;
    NUMMER_FORE "nummer-före" Warning form;
    NYCKEL_ANNAN_MALL "nyckel-annan-mall" Error form;
    NYCKEL_I_TEXT "nyckel-i-text" Error form;
    NYCKEL_SAKNAS "nyckel-saknas" Error form;
    NYCKEL_VERSAL "nyckel-versal" Error form;
    NASTAN_NYCKEL "nästan-nyckel" Warning form;
    OKAND_AVSANDARE "okänd-avsändare" Warning form;
    OKAND_KOD "okänd-kod" Error form;
    OKAND_NYCKEL "okänd-nyckel" Error form;
    OKAND_NAMND "okänd-nämnd" Warning form;
    OKANT_VARDE "okänt-värde" Error form;
    OMEDELBAR_JUSTERING "omedelbar-justering" Warning rule;
    OMOJLIGT_DATUM "omöjligt-datum" Error form;
    ONODIGT_GODKANNANDE "onödigt-godkännande" Warning form;
    ORDFOLJD "ordföljd" Advice rule;
    ORDVAL_PERSON "ordval-person" Advice rule;
    PARENTES_ENSAM "parentes-ensam" Warning rule;
    PARTI_DUBBELT "parti-dubbelt" Warning rule;
    PARTI_OKANT "parti-okänt" Warning rule;
    PARTI_SKRIVSATT "parti-skrivsätt" Warning rule;
    PARTI_TID "parti-tid" Warning rule;
    PERSONNUMMER "personnummer" Error rule;
    PRIVAT_ADRESS "privat-adress" Warning rule;
    PROCENT_FEL "procent-fel" Warning rule;
    PUNKT_SAKNAS "punkt-saknas" Warning rule;
    RAD_FEL "rad-fel" Warning rule;
    RAD_UPPREPAD "rad-upprepad" Warning rule;
    REDAN_MARKDOWN "redan-markdown" Error form;
    REGISTRERINGSNUMMER "registreringsnummer" Warning rule;
    REMISS_DIARIENUMMER "remiss-diarienummer" Error form;
    REMISS_MOTSAGELSE "remiss-motsägelse" Error form;
    REMISS_NAMND "remiss-nämnd" Error form;
    REMISS_SAMMANTRADE "remiss-sammanträde" Error form;
    REMISS_TVA_SVAR "remiss-två-svar" Error form;
    REMISSINSTANS_DUBBEL "remissinstans-dubbel" Error form;
    RESERVATION_DUBBEL "reservation-dubbel" Error form;
    RESERVATION_OKLAR "reservation-oklar" Error form;
    RESERVATION_SAKNAS "reservation-saknas" Error form;
    RESERVATION_TOM "reservation-tom" Error form;
    RUBRIK_AV_MISSTAG "rubrik-av-misstag" Warning form;
    RUBRIK_I_LISTA "rubrik-i-lista" Error form;
    RUBRIK_SKILJETECKEN "rubrik-skiljetecken" Advice rule;
    RUBRIK_UTAN_TEXT "rubrik-utan-text" Warning rule;
    RUBRIKNIVA "rubriknivå" Error form;
    RA_HTML "rå-html" Error form;
    SAMMA_UTDATA "samma-utdata" Error form;
    SAMMANDRAG_NAMN "sammandrag-namn" Warning form;
    SAMMANTRADE_FORE_DATUM "sammanträde-före-datum" Error form;
    SAMMANTRADE_HELG "sammanträde-helg" Advice rule;
    SKYDDAD_IDENTITET "skyddad-identitet" Warning rule;
    SKAL_SAKNAS "skäl-saknas" Warning form;
    STAVNING "stavning" Advice rule;
    STYCKE_UPPREPAT "stycke-upprepat" Warning rule;
    SUMMA_FEL "summa-fel" Warning rule;
    SVAR_TOMT "svar-tomt" Warning rule;
    SVAR_UPPREPAT "svar-upprepat" Warning rule;
    SARSKRIVNING "särskrivning" Warning rule;
    TABB_INDRAG "tabb-indrag" Error form;
    TABELL_BRED "tabell-bred" Warning form;
    TABELL_CELL_OVER "tabell-cell-över" Error form;
    TABELL_OLAST "tabell-oläst" Warning form;
    TABELL_ORDNING "tabell-ordning" Advice rule;
    TABELL_RAD_KORT "tabell-rad-kort" Warning form;
    TABELL_SAKNAS "tabell-saknas" Warning rule;
    TABELL_UTAN_RUBRIKRAD "tabell-utan-rubrikrad" Warning rule;
    TAL_BOJNING "tal-böjning" Advice rule;
    TAL_ENHET "tal-enhet" Advice rule;
    TAL_TUSENTAL "tal-tusental" Advice rule;
    TECKEN_SAKNAS "tecken-saknas" Error form;
    TECKEN_TOLKADE "tecken-tolkade" Warning form;
    TEXT_FORSVINNER "text-försvinner" Error form;
    TITEL_SAKNAS "titel-saknas" Error form;
    TOM_FIL "tom-fil" Error form;
    TOM_PUNKT "tom-punkt" Warning form;
    TOM_TEXT "tom-text" Error form;
    TRASIG_MENING "trasig-mening" Warning rule;
    TYPSNITT_SKADAT "typsnitt-skadat" Error form;
    TYPSATTNING "typsättning" Error form;
    UNDERSKRIFT_ORGANISATION "underskrift-organisation" Advice rule;
    UNDERSKRIFT_SAKNAS "underskrift-saknas" Advice rule;
    UTAN_ARENDE "utan-ärende" Warning form;
    UTDATA_GAMMAL "utdata-gammal" Warning form;
    UTDATA_KOPIA "utdata-kopia" Warning form;
    UTDATA_ANDRAD "utdata-ändrad" Error form;
    UTKAST_PUBLICERAS "utkast-publiceras" Error form;
    UTKASTETS_TECKEN "utkastets-tecken" Warning form;
    VAL_UTAN_FORMAT "val-utan-format" Error form;
    VECKODAG "veckodag" Warning rule;
    VIKT_TEXT "vikt-text" Warning form;
    WEBBADRESS "webbadress" Advice rule;
    WORDMALL_OLASLIG "wordmall-oläslig" Error form;
    WORDMALL_PLATS "wordmall-plats" Error form;
    WORDMALL_SAKNAR_PLATS "wordmall-saknar-plats" Warning form;
    YAML_FEL "yaml-fel" Error form;
    ARTAL_SAKNAS "årtal-saknas" Advice rule;
    ATERFORS_FOLJD "återförs-följd" Warning form;
    ATERFORS_INTE "återförs-inte" Error form;
    ATERFORS_KONFLIKT "återförs-konflikt" Error form;
    OVERLAMNAS_TILL "överlämnas-till" Warning rule;
}

/// What the findings of a rule have until whoever calls the rule sets the rule's code.
pub(crate) const OF_THE_RULE: Code = Code::rule("", Severity::Advice, "");

/// The code of this name.
pub fn find(name: &str) -> Option<Code> {
    ALL.iter().find(|code| code.name == name).copied()
}

impl Code {
    const fn form(name: &'static str, severity: Severity, page: &'static str) -> Self {
        Self { name, severity, rule: false, page }
    }

    const fn rule(name: &'static str, severity: Severity, page: &'static str) -> Self {
        Self { name, severity, rule: true, page }
    }

    /// Whether a case may accept what has this code: anything but an error of form.
    pub fn can_be_accepted(self) -> bool {
        self.rule || self.severity < Severity::Error
    }

    /// What it is about, in one sentence: the first of its page.
    pub fn summary(self) -> String {
        let what = self.page.split_once("\n## Vad\n").map_or("", |(_, what)| what.trim_start());
        let paragraph = what.split("\n\n").next().unwrap_or_default().replace('\n', " ");
        let end = paragraph.find(". ").map_or(paragraph.len(), |end| end + 1);
        paragraph[..end].trim().to_owned()
    }
}

// A code is its name; all else follows from it.

impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Code {}

impl PartialOrd for Code {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Code {
    fn cmp(&self, other: &Self) -> Ordering {
        self.name.cmp(other.name)
    }
}

impl Hash for Code {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

impl Display for Code {
    fn fmt(&self, formatter: &mut Formatter) -> fmt::Result {
        formatter.write_str(self.name)
    }
}

impl Debug for Code {
    fn fmt(&self, formatter: &mut Formatter) -> fmt::Result {
        formatter.write_str(self.name)
    }
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "the test reads the program's own sources")]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn codes_are_sorted_and_no_page_is_left_over() {
        let names: Vec<&str> = ALL.iter().map(|code| code.name).collect();
        assert!(names.is_sorted_by(|one, other| one < other), "not sorted, or twice");
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/diagnostic/pages");
        let pages = std::fs::read_dir(folder).expect("the pages").map(|page| {
            let name = page.expect("a page").file_name().into_string().expect("UTF-8");
            name.trim_end_matches(".md").to_owned()
        });
        let mut pages: Vec<String> = pages.collect();
        pages.sort();
        assert_eq!(names, pages);
    }

    #[test]
    fn every_page_says_what_why_wrong_and_right() {
        for code in ALL {
            let mut lines = code.page.lines();
            assert_eq!(lines.next(), Some(format!("# {code}").as_str()));
            let headings: Vec<&str> = lines.filter_map(|line| line.strip_prefix("## ")).collect();
            assert_eq!(headings, PARTS, "{code}");
            for part in code.page.split("\n## ").skip(1) {
                let (heading, words) = part.split_once('\n').expect("something below the heading");
                assert!(words.trim().len() > 10, "{code}: {heading} is empty");
                let example = heading == PARTS[2] || heading == PARTS[3];
                assert!(!example || words.contains("```"), "{code}: {heading} has no example");
            }
            assert!(code.page.ends_with('\n') && !code.page.ends_with("\n\n"), "{code}");
            let summary = code.summary();
            assert!(summary.ends_with('.') && summary.chars().count() > 10, "{code}: {summary}");
        }
    }
}
