//! Many documents at once: worked on in any order, handed over in the order they were given.

use std::any::Any;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io;
use std::num::NonZero;
use std::ops::ControlFlow;
use std::panic::{self, AssertUnwindSafe};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::sync::{Once, OnceLock};
use std::thread;

/// The stack of a worker. Layout recurses with the nesting of a document.
const STACK: usize = 64 << 20;
/// The name of the workers.
const WORKER: &str = "tjut-worker";

/// The words of a panic, and where in the program it arose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Panicked(pub String);

/// Works on all items with so many threads, and hands each result over in the order of the items
/// as soon as those before it are done. A panic is the result of its item. `done` may end it all.
///
/// Plain threads rather than a pool of tasks: Typst's PDF writer waits inside rayon, and a worker
/// of rayon that waits begins another document within the one it is at, with all its memory.
///
/// # Errors
/// That no thread can be started.
pub fn ordered<T: Sync, R: Send>(
    items: &[T],
    threads: NonZero<usize>,
    work: impl Fn(&T) -> R + Sync,
    mut done: impl FnMut(&T, Result<R, Panicked>) -> ControlFlow<()>,
) -> io::Result<()> {
    remember_panics();
    let next = AtomicUsize::new(0);
    let (send, receive) = mpsc::channel();
    let many = items.len() > 1;
    let worker = |send: mpsc::Sender<_>| {
        let _alone = many.then(alone);
        while let Some((at, item)) = {
            let at = next.fetch_add(1, Ordering::Relaxed);
            items.get(at).map(|item| (at, item))
        } {
            // What a panic leaves half done is thrown away with its item.
            let result = panic::catch_unwind(AssertUnwindSafe(|| work(item))).map_err(panicked);
            if send.send((at, result)).is_err() {
                break;
            }
        }
    };
    thread::scope(|scope| {
        for started in 0..threads.get().min(items.len()) {
            let send = send.clone();
            let thread = thread::Builder::new().name(WORKER.into()).stack_size(STACK);
            match thread.spawn_scoped(scope, || worker(send)) {
                // Fewer threads than asked for do the same work.
                Err(error) if started == 0 => return Err(error),
                _ => {}
            }
        }
        drop(send);
        let mut waiting = BTreeMap::new();
        let mut turn = 0;
        // Ending the loop closes the channel, which ends the workers.
        for (at, result) in receive {
            waiting.insert(at, result);
            while let Some((item, result)) = items.get(turn).zip(waiting.remove(&turn)) {
                if done(item, result).is_break() {
                    return Ok(());
                }
                turn += 1;
            }
        }
        Ok(())
    })
}

/// Does two things: at the same time when there are processors that no other document keeps busy,
/// or else `other` first. `one` has a thread of its own, and only that, which stays for the next time: a face that runs
/// for days does so for each keystroke, and a thread made a pool of leaves some kilobytes behind for ever.
pub fn both<A: Send, B>(one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B) -> (A, B) {
    static BESIDE: OnceLock<Option<rayon::ThreadPool>> = OnceLock::new();
    let made = || rayon::ThreadPoolBuilder::new().num_threads(1).build().ok();
    let has_processors = rayon::current_num_threads() > 1;
    let Some(beside) = has_processors.then(|| BESIDE.get_or_init(made).as_ref()).flatten() else {
        let other = other();
        return (one(), other);
    };
    let (send, receive) = mpsc::sync_channel(1);
    let other = beside.in_place_scope(|scope| {
        // Whoever panics instead is heard of at the scope's end.
        scope.spawn(move |_| drop(send.send(panic::catch_unwind(AssertUnwindSafe(one)))));
        other()
    });
    match receive.recv() {
        Ok(one) => (one.unwrap_or_else(|panic| panic::resume_unwind(panic)), other),
        Err(mpsc::RecvError) => panic!("the thread beside this one is gone"),
    }
}

/// Does something that must not take the program with it when it panics.
///
/// # Errors
/// The panic.
pub fn caught<R>(work: impl FnOnce() -> R) -> Result<R, Panicked> {
    panic::catch_unwind(AssertUnwindSafe(work)).map_err(panicked)
}

/// Lets this thread do by itself what the PDF writer would spread over all processors: among many
/// documents, handing pieces of one to other threads costs more than it gives.
fn alone() -> Option<rayon::ThreadPool> {
    rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build().ok()
}

thread_local! {
    /// Where the last panic of this thread arose.
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Panics of workers are not printed by the standard library, in English and amid other output,
/// but kept for whoever reports them.
fn remember_panics() {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let otherwise = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if thread::current().name() != Some(WORKER) {
                return otherwise(info);
            }
            let place = info.location().map(|place| format!("{}:{}", place.file(), place.line()));
            PLACE.with_borrow_mut(|last| *last = place);
        }));
    });
}

fn panicked(payload: Box<dyn Any + Send>) -> Panicked {
    let words = payload
        .downcast_ref::<&str>()
        .map(|words| (*words).to_owned())
        .or_else(|| payload.downcast_ref::<String>().cloned())
        .unwrap_or_default();
    match PLACE.take() {
        Some(place) => Panicked(format!("{words} ({place})")),
        None => Panicked(words),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn threads(number: usize) -> NonZero<usize> {
        NonZero::new(number).expect("not zero")
    }

    #[test]
    fn results_come_in_order_and_a_panic_is_one_of_them() {
        let items: Vec<usize> = (0..200).collect();
        for number in [1, 2, 7] {
            let mut came = Vec::new();
            let work = |item: &usize| {
                thread::sleep(std::time::Duration::from_micros((item * 37 % 11) as u64));
                assert!(*item != 13, "thirteen");
                item * 2
            };
            ordered(&items, threads(number), work, |item, result| {
                match result {
                    Ok(result) => assert_eq!(result, item * 2),
                    Err(Panicked(words)) => {
                        assert!(*item == 13 && words.starts_with("thirteen (src/batch.rs:"), "{words}")
                    }
                }
                came.push(*item);
                ControlFlow::Continue(())
            })
            .expect("threads start");
            assert_eq!(came, items);
        }
    }

    #[test]
    fn it_can_be_ended() {
        let items: Vec<usize> = (0..1000).collect();
        let mut last = 0;
        ordered(
            &items,
            threads(2),
            |item| *item,
            |item, _| {
                last = *item;
                if *item == 5 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            },
        )
        .expect("threads start");
        assert_eq!(last, 5);
    }
}
