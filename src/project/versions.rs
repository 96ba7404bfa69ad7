//! Two trees of files, side by side: the disk and a revision, two revisions, two files.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::FxHasher;

use super::disk::{Disk, Exclusions, below, is_folder, is_there};
use super::revision::{self, Revision};
use super::{Loaded, LoadedAs, Project, shown};
use crate::compare::list::{Change, Weight, changes};
use crate::compare::report::{Compared, Told};
use crate::compare::{Both, Comparison, Version, compare};
use crate::diagnostic::{Diagnostic, Place, Source};
use crate::document::Document;
use crate::export::compared::{Edition, compared};
use crate::export::pagination::Pagination;
use crate::pipeline;
use crate::read::Case;
use crate::render::trace::Origins;
use crate::workshop::Workshop;

/// The endings of files that can be compared.
const ENDINGS: &[&str] = &[".yaml", ".yml", ".md"];

/// Where the files of one side are.
#[derive(Clone)]
pub enum FileTree {
    /// On the disk.
    Disk,
    /// In a revision, which has this name.
    Revision(Arc<Revision>, String),
}

/// A file of each side; none where that side has no such file.
pub type Pair = Both<Option<PathBuf>>;

/// Two trees to compare.
pub struct Versions {
    trees: Both<FileTree>,
    projects: Both<Project>,
    excluded: Exclusions,
}

/// What is to be told of a pair.
#[derive(Clone, Copy, Debug, Default)]
pub struct DiffOptions {
    /// What is only form, too.
    pub all: bool,
    /// The pages of both PDFs.
    pub pages: bool,
}

/// What a pair gave.
pub struct Result {
    /// What is told of it.
    pub compared: Compared,
    /// Both documents in one, where both sides have one.
    pub comparison: Option<Comparison>,
    /// The new document, or else the old one, with its pictures.
    pub document: Arc<Document>,
    /// The file of that document.
    pub loaded: Arc<Loaded>,
}

impl FileTree {
    fn project(&self, tools: &Arc<Workshop>, draft: bool) -> Project {
        match self {
            Self::Disk => Project::new(Disk, tools.clone()),
            Self::Revision(revision, _) => Project::new(revision.clone(), tools.clone()),
        }
        .draft(draft)
    }

    fn has(&self, path: &Path) -> bool {
        match self {
            Self::Disk => is_there(path),
            Self::Revision(revision, _) => revision.has(path),
        }
    }

    fn has_folder(&self, path: &Path) -> bool {
        match self {
            Self::Disk => is_folder(path).unwrap_or(false),
            Self::Revision(revision, _) => revision.has_folder(path),
        }
    }

    /// The files below a folder that end as cases do; Markdown is made of those.
    fn below(&self, folder: &Path, excluded: &Exclusions) -> Vec<PathBuf> {
        match self {
            Self::Disk => below(folder, &ENDINGS[..2], excluded).unwrap_or_default(),
            Self::Revision(revision, _) => {
                let mut found = revision.below(folder, &ENDINGS[..2]);
                found.retain(|path| !excluded.hold(path));
                found
            }
        }
    }

    /// A path as it is told.
    fn named(&self, path: &Path) -> String {
        match self {
            Self::Disk => shown(path),
            Self::Revision(_, name) => format!("{name}:{}", shown(path)),
        }
    }
}

impl Versions {
    /// Two trees, and what is passed by in their folders.
    pub fn new(trees: Both<FileTree>, tools: &Arc<Workshop>, draft: bool, excluded: Exclusions) -> Self {
        let projects = Both { old: trees.old.project(tools, draft), new: trees.new.project(tools, draft) };
        Self { trees, projects, excluded }
    }

    /// Who changed a file of the new side last, and when, where git knows it.
    pub fn last_change(&self, path: &Path) -> Option<(String, String)> {
        match &self.trees.new {
            FileTree::Disk => revision::last_change("HEAD", path),
            FileTree::Revision(_, name) => revision::last_change(name, path),
        }
    }

    /// The project of each side.
    pub fn projects(&self) -> &Both<Project> {
        &self.projects
    }

    /// The files that a path means on both sides: itself, or all cases below it.
    pub fn pairs(&self, path: &Path) -> Vec<Pair> {
        let Both { old, new } = &self.trees;
        if !old.has_folder(path) && !new.has_folder(path) {
            let file = |tree: &FileTree| tree.has(path).then(|| path.to_owned());
            return vec![Both { old: file(old), new: file(new) }];
        }
        let Both { old, new } = self.cases(path, path);
        self.renamed(pair_up(&old, &new, |file| file.clone()))
    }

    /// The cases of two folders, by their names within them.
    pub fn folders(&self, old: &Path, new: &Path) -> Vec<Pair> {
        let cases = self.cases(old, new);
        let name = |file: &PathBuf| {
            let within = file.strip_prefix(old).or_else(|_| file.strip_prefix(new));
            within.map_or_else(|_| file.clone(), Path::to_owned)
        };
        self.renamed(pair_up(&cases.old, &cases.new, name))
    }

    /// The cases below a folder of each side.
    fn cases(&self, old: &Path, new: &Path) -> Both<Vec<PathBuf>> {
        let cases = |tree: &FileTree, project: &Project, folder: &Path| {
            let mut found = tree.below(folder, &self.excluded);
            found.retain(|file| project.may_be_case(file));
            found
        };
        let Both { old: before, new: after } = &self.trees;
        Both { old: cases(before, &self.projects.old, old), new: cases(after, &self.projects.new, new) }
    }

    /// A case that is gone and one that is new are the same where they have the same diarienummer.
    fn renamed(&self, pairs: Vec<Pair>) -> Vec<Pair> {
        let number = |project: &Project, path: &PathBuf| {
            let front = &project.document(path).ok()?.front;
            Some((front.diarienummer.text.clone(), front.mall.text.clone()))
        };
        let (mut kept, alone): (Vec<_>, Vec<_>) =
            pairs.into_iter().partition(|pair| pair.old.is_some() == pair.new.is_some());
        let (gone, mut new): (Vec<_>, Vec<_>) = alone.into_iter().partition(|pair| pair.old.is_some());
        for pair in gone {
            let wanted = pair.old.as_ref().and_then(|path| number(&self.projects.old, path));
            let partner = wanted.and_then(|wanted| {
                let same = |pair: &Pair| {
                    pair.new.as_ref().and_then(|path| number(&self.projects.new, path)).as_ref()
                        == Some(&wanted)
                };
                new.iter().position(same)
            });
            kept.push(match partner {
                Some(at) => Both { old: pair.old, new: new.remove(at).new },
                None => pair,
            });
        }
        kept.extend(new);
        kept.sort_by(|a, b| a.new.as_ref().or(a.old.as_ref()).cmp(&b.new.as_ref().or(b.old.as_ref())));
        kept
    }

    /// Compares a pair.
    ///
    /// # Errors
    /// What keeps either side from being a document, or from having pages where those are wanted.
    pub fn compare(
        &self,
        pair: &Pair,
        wanted: DiffOptions,
    ) -> std::result::Result<Option<Result>, Vec<Diagnostic>> {
        let side = |project: &Project, path: &Option<PathBuf>| match path {
            Some(path) => project.document(path).map(|document| Some((document, project.load(path)))),
            None => Ok(None),
        };
        let (old, new) = (side(&self.projects.old, &pair.old)?, side(&self.projects.new, &pair.new)?);
        let name = Both {
            old: pair.old.as_ref().map(|path| self.trees.old.named(path)),
            new: pair.new.as_ref().map(|path| self.trees.new.named(path)),
        };
        let (Some((old_document, old_loaded)), Some((document, loaded))) = (&old, &new) else {
            let only = new.or(old).map(|(document, loaded)| Result {
                compared: Compared { name, changes: Vec::new(), hidden: 0 },
                comparison: None,
                document,
                loaded,
            });
            return Ok(only);
        };
        let (old_pictures, new_pictures) = (pictures(old_loaded), pictures(loaded));
        let old_version = Version { document: old_document, pictures: &old_pictures };
        let new_version = Version { document, pictures: &new_pictures };
        let abbreviations = self.projects.new.tools().abbreviations();
        let comparison = compare(old_version, new_version, abbreviations);
        let found = changes(&comparison, old_document, document, self.projects.new.tools());
        let (shown, hidden): (Vec<_>, Vec<_>) =
            found.into_iter().partition(|change| wanted.all || change.weight != Weight::Form);
        let origin = |document, loaded, name: &Option<String>, project| match shown.is_empty() {
            true => Origin::Nowhere,
            false => Origin::of(document, loaded, name.clone(), project),
        };
        let places = Both {
            old: origin(old_document, old_loaded, &name.old, &self.projects.old),
            new: origin(document, loaded, &name.new, &self.projects.new),
        };
        let pages = match wanted.pages && !shown.is_empty() {
            true => Some(Both {
                old: paginated(&self.projects.old, old_document, old_loaded)?,
                new: paginated(&self.projects.new, document, loaded)?,
            }),
            false => None,
        };
        let changes = shown.into_iter().map(|change| told(change, &places, pages.as_ref())).collect();
        // What differs and is not listed, as the space between points, is form too.
        let hidden = if hidden.is_empty() { usize::from(!comparison.is_empty()) } else { hidden.len() };
        Ok(Some(Result {
            compared: Compared { name, changes, hidden },
            comparison: Some(comparison),
            document: document.clone(),
            loaded: loaded.clone(),
        }))
    }
}

impl Versions {
    /// Both documents of a pair in one, as they are printed; none where a side has no document.
    ///
    /// # Errors
    /// What keeps either side from being a document.
    pub fn printed(&self, pair: &Pair) -> std::result::Result<Option<Comparison>, Vec<Diagnostic>> {
        let (Some(old), Some(new)) = (&pair.old, &pair.new) else { return Ok(None) };
        let Both { old: before, new: after } = &self.projects;
        let (old_document, new_document) = (before.document(old)?, after.document(new)?);
        let (old_loaded, new_loaded) = (before.load(old), after.load(new));
        let old = Edition { document: &old_document, images: &old_loaded.images };
        let new = Edition { document: &new_document, images: &new_loaded.images };
        Ok(Some(compared(old, new, after.tools())))
    }
}

/// Files with the same name, and those that have none to go with.
fn pair_up(olds: &[PathBuf], news: &[PathBuf], name: impl Fn(&PathBuf) -> PathBuf) -> Vec<Pair> {
    let by_name = |files: &[PathBuf]| -> BTreeMap<PathBuf, PathBuf> {
        files.iter().map(|file| (name(file), file.clone())).collect()
    };
    let (olds, news) = (by_name(olds), by_name(news));
    let names: BTreeSet<&PathBuf> = olds.keys().chain(news.keys()).collect();
    names
        .into_iter()
        .map(|name| Both { old: olds.get(name).cloned(), new: news.get(name).cloned() })
        .collect()
}

fn pictures(loaded: &Loaded) -> impl Fn(&str) -> Option<u64> {
    |url| {
        let mut hasher = FxHasher::default();
        loaded.images.get(url)?.hash(&mut hasher);
        Some(hasher.finish())
    }
}

/// Where places of a side are told.
enum Origin {
    /// The Markdown itself was compared.
    Itself(Arc<Source>),
    /// A case: its file under the name that it has in the report, and what its document came of.
    Case(Arc<Source>, Arc<Case>, Box<Origins>),
    /// Nowhere: there is nothing to tell, or the case gives no document.
    Nowhere,
}

impl Origin {
    fn of(document: &Document, loaded: &Loaded, name: Option<String>, project: &Project) -> Self {
        let renamed = |source: &Source| Source::new(name.clone().unwrap_or_default(), source.text.clone());
        match &loaded.content {
            LoadedAs::Case(case) => match pipeline::traced(case, project.tools(), project.is_draft()) {
                Ok((_, origins)) => Self::Case(renamed(&case.source), case.clone(), Box::new(origins)),
                Err(_) => Self::Nowhere,
            },
            _ => Self::Itself(renamed(&document.source)),
        }
    }

    /// Where a stretch of the Markdown comes from; what a profile, a kind or a template says stands in no case.
    fn place(&self, range: &Range<usize>) -> Option<Place> {
        match self {
            Self::Itself(source) => Some(Place { source: source.clone(), range: range.clone() }),
            Self::Case(source, case, origins) => {
                let place = origins.place(range)?;
                match place.source == case.source {
                    true => Some(Place { source: source.clone(), ..place }),
                    false => {
                        case.referred.values().any(|other| other.source == place.source).then_some(place)
                    }
                }
            }
            Self::Nowhere => None,
        }
    }
}

fn paginated<'d>(
    project: &Project,
    document: &'d Document,
    loaded: &Loaded,
) -> std::result::Result<Pagination<'d>, Vec<Diagnostic>> {
    let tools = project.tools();
    Pagination::of(document, tools, tools.press(), &loaded.images)
}

fn told(change: Change, origins: &Both<Origin>, pages: Option<&Both<Pagination<'_>>>) -> Told {
    let mut places: Vec<Both<Option<Place>>> = Vec::new();
    for both in &change.places {
        let place = Both {
            old: both.old.as_ref().and_then(|range| origins.old.place(range)),
            new: both.new.as_ref().and_then(|range| origins.new.place(range)),
        };
        if !places.contains(&place) {
            places.push(place);
        }
    }
    let pages = pages.map(|pages| Both {
        old: change.places.iter().filter_map(|both| both.old.as_ref()).find_map(|at| pages.old.page(at)),
        new: change.places.iter().filter_map(|both| both.new.as_ref()).find_map(|at| pages.new.page(at)),
    });
    Told { change, places, pages }
}
