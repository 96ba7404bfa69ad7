//! Sums: the totals, differences and shares of a table are those of its figures.

use std::ops::Range;

use crate::check::pattern::Pattern;
use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, codes};
use crate::language::figures::{Figure, figure};
use crate::language::numbers::{number_words, value};
use crate::markdown::{Block, BlockKind, Inline, Visited, plain, walk};
use crate::yaml::values::Text;

/// The rules of this theme.
pub const RULES: &[Rule] =
    &[Rule { code: codes::SUMMA_FEL, find: totals }, Rule { code: codes::RAD_FEL, find: derived }];

/// A table as figures: where a cell holds none, there is none.
struct Table<'a> {
    text: &'a Text,
    head: Vec<String>,
    labels: Vec<String>,
    cells: Vec<Vec<Cell>>,
    /// Whether the text says that its figures are rounded.
    rounded: bool,
}

/// A cell of a table.
struct Cell {
    figure: Option<Figure>,
    said: String,
    at: Range<usize>,
}

impl Cell {
    fn of(inlines: &[Inline]) -> Self {
        let said = plain(inlines).trim().to_owned();
        let at = match (inlines.first(), inlines.last()) {
            (Some(first), Some(last)) => first.at.0.start..last.at.0.end,
            _ => 0..0,
        };
        Self { figure: figure(&said), said, at }
    }
}

/// The tables of the case.
fn tables<'a>(review: &Review<'a>) -> Vec<Table<'a>> {
    let mut tables = Vec::new();
    for text in review.case.texts() {
        let rounded = text.text.to_lowercase().contains("avrund");
        walk(&text.blocks, &mut |node| {
            if let Visited::Block(Block { kind: BlockKind::Table { head, rows, .. }, .. }) = node {
                let cells: Vec<Vec<Cell>> =
                    rows.iter().map(|row| row.iter().map(|cell| Cell::of(cell)).collect()).collect();
                let label = |row: &Vec<Cell>| row.first().map(|cell| cell.said.to_lowercase());
                tables.push(Table {
                    text,
                    head: head.iter().map(|cell| plain(cell).trim().to_lowercase()).collect(),
                    labels: cells.iter().map(|row| label(row).unwrap_or_default()).collect(),
                    cells,
                    rounded,
                });
            }
        });
    }
    tables
}

impl Table<'_> {
    fn figure(&self, row: usize, column: usize) -> Option<&Figure> {
        self.cells.get(row)?.get(column)?.figure.as_ref()
    }

    /// How much a sum of so many figures can be beside the one that is written, where they are rounded.
    fn tolerance(&self, figures: &[&Figure], written: &Figure) -> f64 {
        const EXACT: f64 = 1e-6;
        let are_rounded = self.rounded
            || written.decimals > 0
            || figures.iter().any(|figure| figure.decimals > 0 || figure.is_large_unit)
            || written.is_large_unit;
        let step = 10f64.powi(-i32::try_from(written.decimals).unwrap_or_default());
        #[allow(clippy::cast_precision_loss)]
        let most = figures.len() as f64 * 0.5 + 0.5;
        EXACT + if are_rounded { step * most } else { 0.0 }
    }

    fn finding(&self, row: usize, column: usize, message: String, hint: &str) -> Option<Diagnostic> {
        let place = self.text.place_in(self.cells[row][column].at.clone())?;
        Some(finding(place, message, hint))
    }
}

/// A row whose figures are the sums of those above it.
static TOTAL: Pattern = Pattern::new(&[
    r"(?i)^(?:s:a|summa|totalt?|totalsumma|slutsumma|sammanlagt|delsumma|sammantaget)(?:\s+(?:totalt|summa|alla|kostnader|intäkter|utgifter|belopp|antal|anslag|medel))?:?$",
]);

/// A column whose figures are no parts of a whole.
static NO_PART: Pattern = Pattern::new(&[
    r"(?i)%|\b(?:andel|andelen|procent|genomsnitt\w*|medel\w*|snitt\w*|median\w*|per|á|à|pris|priset|kvot|index|betyg|nr|nummer|rang|datum|ålder|tid|förändring|ökning|minskning|grad|nivå)\b|(?:andel|täthet|grad|pris|värde|ålder|avgift|taxa|tal per \p{L}+)$|^(?:(?:bygg|start|slut|tryck)?år(?:tal)?|(?:antal\s+)?(?:år|månader|veckor|dagar)|månad|kvartal|vecka)$",
]);

/// How long a column's figures go on, which makes them no less parts of a whole: ”kronor per år”, ”tre år”.
static PERIOD: Pattern = Pattern::new(&[
    r"(?i)\b(?:per|om|varje|under|på)\s+(?:år|läsår|budgetår|termin|månad|kvartal|vecka|dag|säsong)\b",
]);

/// Whether a column's figures are no parts of a whole, by what stands above them.
fn is_no_part(head: &str) -> bool {
    let period = PERIOD.ranges(head).next();
    match period {
        Some(period) => NO_PART.is_in([&head[..period.start], &head[period.end..]].concat().trim()),
        None => NO_PART.is_in(head),
    }
}

/// Whether figures are years.
fn are_years(figures: &[&Figure]) -> bool {
    figures.iter().all(|figure| figure.decimals == 0 && (1900.0..2100.0).contains(&figure.value))
}

/// A row that is part of the one above it.
static PART_OF: Pattern = Pattern::new(&[r"(?i)^[-–\s]*(?:varav|därav|av vilka|inkl\.?|inklusive)\b"]);

fn totals(review: &Review) -> Vec<Diagnostic> {
    tables(review).iter().flat_map(of_table).collect()
}

fn of_table(table: &Table) -> Vec<Diagnostic> {
    const FEWEST: usize = 2;
    let mut findings = Vec::new();
    let is_total = |row: usize| TOTAL.is_in(table.labels[row].as_str());
    for total in (0..table.labels.len()).filter(|row| is_total(*row)) {
        let above: Vec<usize> =
            (0..total).filter(|row| !PART_OF.is_in(table.labels[*row].as_str())).collect();
        let since = above.iter().rposition(|row| is_total(*row)).map_or(0, |at| at + 1);
        // All above, those since the last sum, or the sums above.
        let parts: Vec<usize> = above.iter().copied().filter(|row| !is_total(*row)).collect();
        let sums: Vec<usize> = above.iter().copied().filter(|row| is_total(*row)).collect();
        let mixed: Vec<usize> = sums.iter().chain(&above[since..]).copied().collect();
        let choices = [parts.as_slice(), &above[since..], &sums, &mixed];
        let (mut right, mut wrong) = (0, Vec::new());
        for column in 1..table.head.len() {
            let Some(written) = table.figure(total, column) else { continue };
            let figures = |rows: &[usize]| -> Vec<&Figure> {
                rows.iter().filter_map(|row| table.figure(*row, column)).collect()
            };
            let own = figures(&parts);
            // A figure that is missing in more than one row is no zero.
            if is_no_part(table.head[column].as_str())
                || are_years(&own)
                || own.len() < FEWEST
                || own.len() + 1 < parts.len()
                || own.iter().chain([&written]).any(|figure| figure.is_percent)
            {
                continue;
            }
            let agrees = |rows: &[usize]| {
                let figures = figures(rows);
                let sum: f64 = figures.iter().map(|figure| figure.value).sum();
                !figures.is_empty() && (sum - written.value).abs() <= table.tolerance(&figures, written)
            };
            if choices.iter().any(|rows| agrees(rows)) {
                right += 1;
            } else {
                let rows = if since > 0 && above.len() > since { &above[since..] } else { &parts };
                wrong.push((column, figures(rows).iter().map(|figure| figure.value).sum::<f64>()));
            }
        }
        // Where no column adds up, the row is no sum of those above it.
        let is_near = |(column, sum): &(usize, f64)| {
            const SLIP: f64 = 0.25;
            table
                .figure(total, *column)
                .is_some_and(|written| (sum - written.value).abs() <= SLIP * sum.abs())
        };
        if wrong.len() == 1 || wrong.len() <= right || wrong.iter().all(is_near) {
            for (column, sum) in wrong {
                let said = &table.cells[total][column].said;
                let sum = table.figure(total, column).map_or_else(String::new, |figure| figure.like(sum));
                let message = format!("summan är {said}, men kolumnens tal blir {sum} tillsammans");
                findings.extend(table.finding(total, column, message, HINT));
            }
        }
    }
    findings
}

const HINT: &str = "Räkna om: rätta summan eller det tal som är fel.";

/// How a column is made of others.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Formula {
    /// All figures of the row before it.
    Sum,
    /// One column less another.
    Difference(usize, usize),
    /// A column as a share of its own last row, in percent.
    ShareOfTotal(usize),
    /// A column as a share of another, in percent.
    Share(usize, usize),
    /// How much more one column is than another, in percent.
    Growth(usize, usize),
    /// One column divided by another: ”besökare per tillfälle”.
    Quotient(usize, usize),
    /// So many times another column: ”fem år” beside ”per år”.
    Multiple(usize, usize),
}

static SUMMED: Pattern =
    Pattern::new(&[r"(?i)^(?:s:a|summa|totalt?|sammanlagt|tot\.?|totalsumma|sammantaget)\b"]);
static SUBTRACTED: Pattern = Pattern::new(&[
    r"(?i)^(?:avvikelse|differens|diff\.?|skillnad|förändring|ökning|minskning|netto|kvar|återstår|överskott|resultat)\b",
]);
static DIVIDED: Pattern = Pattern::new(&[
    r"(?i)\b(?:per|i\s+genomsnitt|genomsnitt\p{L}*|snitt\p{L}*|medel(?:tal|värde|antal|kostnad)?)\b",
]);
static MULTIPLIED: Pattern = Pattern::new(&[concat!(
    r"(?i)\b(?P<times>[0-9]{1,2}|",
    number_words!(),
    r")\s+(?:år|läsår|terminer|månader|kvartal|veckor|dagar|gånger|tillfällen|säsonger|stycken|st)\b"
)]);
static SHARED: Pattern = Pattern::new(&[r"(?i)%|\b(?:andel|procent|procentuell)\b|andel$"]);

fn derived(review: &Review) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for table in tables(review) {
        for column in 2..table.head.len() {
            findings.extend(of_column(&table, column));
        }
    }
    findings
}

/// What does not fit in a column that is made of others: the formula is the one that most rows follow.
fn of_column(table: &Table, column: usize) -> Vec<Diagnostic> {
    let head = table.head[column].as_str();
    let others: Vec<usize> = (1..table.head.len()).filter(|other| *other != column).collect();
    let pairs = || {
        others
            .iter()
            .flat_map(|one| others.iter().map(move |other| (*one, *other)))
            .filter(|(one, other)| one != other)
    };
    let is_share = SHARED.is_in(head) || table.cells.iter().any(|row| row[column].said.contains('%'));
    let mut formulas = Vec::new();
    if SUMMED.is_in(head) {
        formulas.push(Formula::Sum);
    } else if is_share {
        formulas.extend(others.iter().map(|other| Formula::ShareOfTotal(*other)));
        formulas.extend(
            pairs().flat_map(|(one, other)| [Formula::Share(one, other), Formula::Growth(one, other)]),
        );
    } else if SUBTRACTED.is_in(head) {
        formulas.extend(pairs().map(|(one, other)| Formula::Difference(one, other)));
    } else if let Some(times) = MULTIPLIED.first(head).and_then(|found| value(found.name("times")?.as_str()))
    {
        formulas.extend(others.iter().map(|other| Formula::Multiple(times, *other)));
    } else if DIVIDED.is_in(head) {
        formulas.extend(pairs().map(|(one, other)| Formula::Quotient(one, other)));
    }
    let tried = formulas.into_iter().map(|formula| {
        let fits = |row: usize| Some(fit(table, row, column, formula)?.1);
        let rows: Vec<(usize, bool)> =
            (0..table.cells.len()).filter_map(|row| Some((row, fits(row)?))).collect();
        let right = rows.iter().filter(|(_, fits)| *fits).count();
        (formula, rows, right)
    });
    let Some((formula, rows, right)) = tried.max_by_key(|(_, _, right)| *right) else { return Vec::new() };
    let wrong = rows.len() - right;
    // A share fits by chance more easily than a sum.
    let is_sure = match formula {
        Formula::Sum | Formula::Difference(..) => right >= 1 && right >= wrong,
        _ => right >= 2 && right >= 2 * wrong,
    };
    if !is_sure {
        return Vec::new();
    }
    let wrong = rows.into_iter().filter(|(_, fits)| !fits);
    wrong
        .filter_map(|(row, _)| {
            let (value, _) = fit(table, row, column, formula)?;
            let said = &table.cells[row][column].said;
            let value = table.figure(row, column)?.like(value);
            let message = format!("här står {said}, men radens tal ger {value}");
            table.finding(row, column, message, "Räkna om: rätta talet eller det som det räknas fram ur.")
        })
        .collect()
}

/// What a formula gives in a row, and whether that is what stands there.
fn fit(table: &Table, row: usize, column: usize, formula: Formula) -> Option<(f64, bool)> {
    let written = table.figure(row, column)?;
    let at = |other: usize| table.figure(row, other);
    let (value, parts) = match formula {
        Formula::Sum => {
            let parts: Vec<&Figure> = (1..column).filter_map(at).collect();
            let all = parts.len() == column - 1 && parts.len() >= 2;
            all.then(|| (parts.iter().map(|part| part.value).sum::<f64>(), parts))?
        }
        Formula::Difference(one, other) => {
            let (one, other) = (at(one)?, at(other)?);
            (one.value - other.value, vec![one, other])
        }
        Formula::ShareOfTotal(of) => {
            let whole = table.figure(table.cells.len() - 1, of)?;
            let parts: Vec<&Figure> =
                (0..table.cells.len()).filter_map(|row| table.figure(row, of)).collect();
            let is_last_total = TOTAL.is_in(table.labels.last()?.as_str());
            let whole = if is_last_total { whole.value } else { parts.iter().map(|part| part.value).sum() };
            (100.0 * at(of)?.value / whole, Vec::new())
        }
        Formula::Share(one, other) => (100.0 * at(one)?.value / at(other)?.value, Vec::new()),
        Formula::Growth(one, other) => (100.0 * (at(other)?.value / at(one)?.value - 1.0), Vec::new()),
        Formula::Quotient(one, other) => (at(one)?.value / at(other)?.value, Vec::new()),
        #[allow(clippy::cast_precision_loss)]
        Formula::Multiple(times, of) => (times as f64 * at(of)?.value, vec![at(of)?]),
    };
    let is_share = parts.is_empty();
    let step = 10f64.powi(-i32::try_from(written.decimals).unwrap_or_default());
    let tolerance = if is_share { 0.51 * step } else { table.tolerance(&parts, written) };
    // A minus that the head says already is left out.
    let is_near = |value: f64| (value - written.value).abs() <= tolerance;
    value
        .is_finite()
        .then(|| (value, is_near(value) || matches!(formula, Formula::Growth(..)) && is_near(-value)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::trial::in_text;

    fn table(rows: &[&str]) -> String {
        let line = "| --- ".repeat(rows[0].matches('|').count() - 1) + "|";
        let mut lines = rows.to_vec();
        lines.insert(1, &line);
        lines.join("\n")
    }

    #[test]
    fn totals_are_those_of_their_columns() {
        let costs = |total: &str| {
            ["| Post | Kronor per år |", "| Löner | 90 |", "| Hyra | 30 |", total].map(str::to_owned)
        };
        for (rows, found) in [(costs("| Summa | 130 |"), vec!["130"]), (costs("| Summa | 120 |"), vec![])] {
            let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
            assert_eq!(in_text(RULES, "summa-fel", &table(&rows)), found, "{rows:?}");
        }
        for (rows, found) in [
            (vec!["| Post | Fem år |", "| A | 15 |", "| B | 20 |", "| Summa | 36 |"], vec!["36"]),
            (vec!["| Post | Antal per termin |", "| A | 15 |", "| B | 20 |", "| Summa | 53 |"], vec!["53"]),
            (
                vec!["| Post | År 1 | År 2 |", "| A | 15 | 3 |", "| B | 20 | 4 |", "| Summa | 36 | 8 |"],
                vec!["36", "8"],
            ),
            (
                vec!["| Post | År | Kr |", "| A | 2019 | 3 |", "| B | 2020 | 4 |", "| Summa | 2021 | 7 |"],
                vec![],
            ),
            (vec!["| Post | Kostnad per elev |", "| A | 15 |", "| B | 20 |", "| Totalt | 17 |"], vec![]),
            (
                vec!["| Post | A | B |", "| Löner | 15 | 3 |", "| Hyra | 20 | 4 |", "| Summa | 99 | 50 |"],
                vec![],
            ),
        ] {
            assert_eq!(in_text(RULES, "summa-fel", &table(&rows)), found, "{rows:?}");
        }
    }

    #[test]
    fn columns_that_are_made_of_others_are_right() {
        for (rows, found) in [
            (
                vec![
                    "| Del | Per år | Fem år |",
                    "| A | 3,0 | 15,0 |",
                    "| B | 2,0 | 10,0 |",
                    "| C | 4,0 | 12,0 |",
                ],
                vec!["12,0"],
            ),
            (
                vec![
                    "| År | Tillfällen | Besökare | Besökare per tillfälle |",
                    "| 2022 | 100 | 1 200 | 12 |",
                    "| 2023 | 200 | 2 600 | 13 |",
                    "| 2024 | 150 | 1 950 | 15 |",
                ],
                vec!["15"],
            ),
            (
                vec![
                    "| Skola | Elever | Kostnad (tkr) | Kostnad per elev |",
                    "| A | 100 | 1 200 | 12 000 |",
                    "| B | 200 | 2 600 | 13 000 |",
                    "| C | 150 | 1 950 | 15 000 |",
                ],
                vec![],
            ),
        ] {
            assert_eq!(in_text(RULES, "rad-fel", &table(&rows)), found, "{rows:?}");
        }
    }
}
