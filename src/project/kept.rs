//! Memory with an end: what was asked for lately stays, and the rest goes.

use std::collections::HashMap;
use std::hash::Hash;
use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

/// Values by their keys, so many that their weights come to at most twice `most`.
///
/// Two generations instead of a list of who was asked for when: when the young one is full it becomes
/// the old one, whose values go unless somebody asks for them meanwhile.
pub struct Kept<K, V> {
    most: usize,
    generations: Mutex<Generations<K, V>>,
}

struct Generations<K, V> {
    young: HashMap<K, (V, usize)>,
    old: HashMap<K, (V, usize)>,
    /// Of the young.
    weight: usize,
}

impl<K: Hash + Eq + Clone, V: Clone> Kept<K, V> {
    /// Keeps this much in a generation.
    pub fn new(most: usize) -> Self {
        let generations = Generations { young: HashMap::new(), old: HashMap::new(), weight: 0 };
        Self { most, generations: Mutex::new(generations) }
    }

    /// The value of a key, if it is kept.
    pub fn get(&self, key: &K) -> Option<V> {
        let generations = self.lock();
        let found = generations.young.get(key).or_else(|| generations.old.get(key));
        found.map(|(value, _)| value.clone())
    }

    /// The value of a key, or one that is made now and kept.
    pub fn get_or(&self, key: &K, make: impl FnOnce() -> V) -> V {
        let mut generations = self.lock();
        if let Some((value, _)) = generations.young.get(key) {
            return value.clone();
        }
        let (value, weight) = generations.old.remove(key).unwrap_or_else(|| (make(), 1));
        let gone = generations.add(key.clone(), value.clone(), weight, self.most);
        drop(generations);
        // Much may go at once: nobody needs to wait for that.
        drop(gone);
        value
    }

    /// Keeps a value that weighs so much.
    pub fn put(&self, key: K, value: V, weight: usize) {
        let mut generations = self.lock();
        let before = (generations.take(&key), generations.add(key, value, weight, self.most));
        drop(generations);
        drop(before);
    }

    /// Forgets a key's value, if it is one of those; says whether it was.
    pub fn remove_if(&self, key: &K, is_meant: impl FnOnce(&V) -> bool) -> bool {
        let mut generations = self.lock();
        let found = generations.young.get(key).or_else(|| generations.old.get(key));
        let gone = found.is_some_and(|(value, _)| is_meant(value)).then(|| generations.take(key));
        drop(generations);
        gone.is_some()
    }

    /// Forgets the values of other keys than these.
    pub fn retain(&self, is_kept: impl Fn(&K) -> bool) {
        let mut generations = self.lock();
        generations.old.retain(|key, _| is_kept(key));
        generations.young.retain(|key, _| is_kept(key));
        generations.weight = generations.young.values().map(|(_, weight)| weight).sum();
    }

    /// How many values there are.
    pub fn len(&self) -> usize {
        let generations = self.lock();
        generations.young.len() + generations.old.len()
    }

    fn lock(&self) -> MutexGuard<'_, Generations<K, V>> {
        // Nothing is done under the lock that could be left half done.
        self.generations.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K: Hash + Eq, V> Generations<K, V> {
    fn take(&mut self, key: &K) -> Option<V> {
        if let Some((value, weight)) = self.young.remove(key) {
            self.weight -= weight;
            return Some(value);
        }
        self.old.remove(key).map(|(value, _)| value)
    }

    /// Adds a value to the young; gives the old when it is their time to go.
    fn add(&mut self, key: K, value: V, weight: usize, most: usize) -> Option<HashMap<K, (V, usize)>> {
        let is_full = self.weight + weight > most && !self.young.is_empty();
        let gone = is_full.then(|| {
            self.weight = 0;
            let young = mem::take(&mut self.young);
            mem::replace(&mut self.old, young)
        });
        self.weight += weight;
        self.young.insert(key, (value, weight));
        gone
    }
}

/// Results by what they are of: each is worked out once, however many ask, until it no longer holds.
pub struct Memo<K, T> {
    results: Kept<K, Arc<OnceLock<Arc<T>>>>,
    weight: fn(&T) -> usize,
}

impl<K: Hash + Eq + Clone, T> Memo<K, T> {
    /// Keeps results that weigh this much in a generation.
    pub fn new(most: usize, weight: fn(&T) -> usize) -> Self {
        Self { results: Kept::new(most), weight }
    }

    /// The result, if there is one that still holds, or one that is worked out now.
    pub fn get(&self, key: &K, holds: impl Fn(&T) -> bool, work: impl FnOnce() -> T) -> Arc<T> {
        loop {
            let cell = self.results.get_or(key, Arc::default);
            if cell.get().is_some_and(|result| !holds(result)) {
                self.results.remove_if(key, |there| Arc::ptr_eq(there, &cell));
                continue;
            }
            let mut weight = None;
            // Whoever comes first works, and the others wait.
            let result = cell.get_or_init(|| {
                let result = Arc::new(work());
                weight = Some((self.weight)(&result));
                result
            });
            if let Some(weight) = weight {
                self.results.put(key.clone(), cell.clone(), weight);
            }
            return result.clone();
        }
    }

    /// The result, if there is one that still holds, or one that is worked out now, unless the work ends
    /// without any. Then it is as if nobody had asked.
    pub fn get_unless(
        &self,
        key: &K,
        holds: impl Fn(&T) -> bool,
        work: impl FnOnce() -> Option<T>,
    ) -> Option<Arc<T>> {
        let there = self.results.get(key).and_then(|cell| cell.get().cloned()).filter(|result| holds(result));
        match there {
            Some(_) => there,
            None => work().map(|result| self.get(key, holds, || result)),
        }
    }

    /// How many results there are.
    pub fn len(&self) -> usize {
        self.results.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_stays_and_the_rest_goes() {
        let kept: Kept<usize, usize> = Kept::new(10);
        for key in 0..1000 {
            kept.put(key, key, 1);
            assert_eq!(kept.get_or(&0, || 7), 0, "at {key}");
            assert!(kept.len() <= 20);
        }
        assert_eq!(kept.get_or(&1, || 7), 7);
        kept.remove_if(&1, |value| *value == 8);
        assert_eq!(kept.get_or(&1, || 9), 7);
        kept.remove_if(&1, |value| *value == 7);
        assert_eq!(kept.get_or(&1, || 9), 9);
    }

    #[test]
    fn what_weighs_more_than_all_is_kept_alone() {
        let kept: Kept<&str, usize> = Kept::new(10);
        kept.put("a", 1, 100);
        assert_eq!(kept.get_or(&"a", || 2), 1);
        kept.put("b", 1, 100);
        kept.put("c", 1, 100);
        assert_eq!(kept.len(), 2);
        kept.retain(|key| *key == "c");
        assert_eq!(kept.len(), 1);
    }

    #[test]
    fn a_result_is_worked_out_once_while_it_holds() {
        let memo: Memo<u8, usize> = Memo::new(100, |_| 1);
        let times = std::sync::atomic::AtomicUsize::new(0);
        let work = || times.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| assert_eq!(*memo.get(&1, |_| true, work), 0));
            }
        });
        assert_eq!(*memo.get(&1, |result| *result != 0, work), 1);
        assert_eq!(*memo.get(&1, |result| *result != 0, work), 1);
        assert_eq!(memo.len(), 1);
    }
}
