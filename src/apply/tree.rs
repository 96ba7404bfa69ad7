//! The file of a case as paths: which key or item a place of it is.

use rustc_hash::FxHashMap;

use crate::compare::Step;
use crate::read::Case;
use crate::yaml::node::{Origin, Value, YamlNode};

/// The keys and items that lead to a value.
pub type Path = Vec<Step>;

/// The paths of a case.
pub struct Tree<'a> {
    case: &'a Case,
    values: FxHashMap<usize, Path>,
    keys: FxHashMap<usize, Path>,
}

impl<'a> Tree<'a> {
    /// The paths of a case.
    pub fn of(case: &'a Case) -> Self {
        let mut tree = Self { case, values: FxHashMap::default(), keys: FxHashMap::default() };
        tree.walk(&case.root, &mut Vec::new());
        tree
    }

    fn walk(&mut self, node: &YamlNode, path: &mut Path) {
        match &node.value {
            Value::Text(_) | Value::Nothing => {
                self.values.insert(node.origin.place().range.start, path.clone());
            }
            Value::List(items) => {
                for (at, item) in items.iter().enumerate() {
                    path.push(Step::Index(at));
                    self.walk(item, path);
                    path.pop();
                }
            }
            Value::Map(entries) => {
                for (key, value) in entries {
                    path.push(Step::Key(key.name.clone()));
                    self.keys.insert(key.origin.place().range.start, path.clone());
                    self.walk(value, path);
                    path.pop();
                }
            }
        }
    }

    /// Whether something stands in the case's own file.
    pub fn is_own(&self, origin: &Origin) -> bool {
        *origin.source() == self.case.source
    }

    /// The path to the value that stands there; none where it stands in another file.
    pub fn path(&self, origin: &Origin) -> Option<&Path> {
        self.values.get(&origin.place().range.start).filter(|_| self.is_own(origin))
    }

    /// The path to the value of the key that stands there.
    pub fn path_of_key(&self, origin: &Origin) -> Option<&Path> {
        self.keys.get(&origin.place().range.start).filter(|_| self.is_own(origin))
    }

    /// The node that a path leads to.
    pub fn node(&self, path: &[Step]) -> Option<&'a YamlNode> {
        let mut node = &self.case.root;
        for step in path {
            node = match (step, &node.value) {
                (Step::Key(name), Value::Map(entries)) => {
                    &entries.iter().find(|(key, _)| key.name == *name)?.1
                }
                (Step::Index(at), Value::List(items)) => items.get(*at)?,
                _ => return None,
            };
        }
        Some(node)
    }

    /// The number of a path's last step among its siblings.
    pub fn number(&self, path: &[Step]) -> Option<usize> {
        let (last, parent) = path.split_last()?;
        match (last, &self.node(parent)?.value) {
            (Step::Index(at), _) => Some(*at),
            (Step::Key(name), Value::Map(entries)) => entries.iter().position(|(key, _)| key.name == *name),
            _ => None,
        }
    }
}

/// The path to the item of a list that a path leads into.
pub fn item_of(path: &[Step]) -> Option<&[Step]> {
    let at = path.iter().rposition(|step| matches!(step, Step::Index(_)))?;
    Some(&path[..=at])
}

/// What paths have in common.
pub fn common<'p>(paths: impl Iterator<Item = &'p Path>) -> Option<Path> {
    paths.fold(None, |common: Option<Path>, path| {
        Some(match common {
            None => path.clone(),
            Some(common) => {
                let length = common.iter().zip(path).take_while(|(one, other)| one == other).count();
                common[..length].to_vec()
            }
        })
    })
}
