//! A panic in a route harms its own request alone, and is logged with it: by its place, not by its message,
//! which may quote what a caller wrote.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, PanicHookInfo};
use std::pin::pin;
use std::task::Poll;
use std::{panic, thread};

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Sends panics to the log instead of to the standard error stream; the binary calls it once.
pub fn note_panics() {
    panic::set_hook(Box::new(|panic| {
        if !keep(panic) {
            let name = thread::current().name().unwrap_or("unnamed").to_owned();
            tracing::error!(
                place = place(panic),
                message = message(panic.payload()),
                thread = name,
                "panicked"
            );
        }
    }));
}

/// Keeps the place for the request that stands guarded on this thread; false where none does.
pub(crate) fn keep(panic: &PanicHookInfo<'_>) -> bool {
    let guarded = GUARDED.get();
    if guarded {
        PLACE.set(Some(place(panic)));
    }
    guarded
}

/// Runs a request; a panic comes back as what the log may be told of it.
pub(crate) async fn guard<F: Future>(request: F) -> Result<F::Output, String> {
    let mut request = pin!(request);
    poll_fn(|context| {
        GUARDED.set(true);
        let polled = panic::catch_unwind(AssertUnwindSafe(|| request.as_mut().poll(context)));
        GUARDED.set(false);
        match polled {
            Ok(polled) => polled.map(Ok),
            Err(payload) => {
                let place = PLACE.take().unwrap_or_else(|| "an unnoted place".to_owned());
                Poll::Ready(Err(format!("panicked at {place}: {}", message(payload.as_ref()))))
            }
        }
    })
    .await
}

fn place(panic: &PanicHookInfo<'_>) -> String {
    panic.location().map(ToString::to_string).unwrap_or_default()
}

/// A message that stands in the program itself can be told; one made while running may hold anything.
fn message(payload: &(dyn Any + Send)) -> &'static str {
    payload.downcast_ref::<&'static str>().copied().unwrap_or("(message withheld)")
}
