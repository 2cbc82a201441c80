//! What is counted of every request, under names of OpenTelemetry.

use actix_web::http::{Method, StatusCode};
use metrics::{Gauge, Histogram};
use metrics_exporter_prometheus::{
    BuildError, Matcher, PrometheusBuilder, PrometheusHandle, PrometheusRecorder,
};
use std::cell::RefCell;
use std::collections::HashMap;
use std::time::Duration;

const DURATION: &str = "http_server_request_duration_seconds";
const ACTIVE: &str = "http_server_active_requests";
/// Seconds; from a view read in memory to an export.
const BUCKETS: &[f64] = &[0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];
/// Recorded durations are folded into their buckets this often, also when nobody reads them.
const UPKEEP: Duration = Duration::from_secs(5);

/// The recorder that the binary installs before it serves.
pub fn recorder() -> Result<PrometheusRecorder, BuildError> {
    let buckets =
        PrometheusBuilder::new().set_buckets_for_metric(Matcher::Full(DURATION.to_owned()), BUCKETS)?;
    Ok(buckets.build_recorder())
}

/// Keeps the recorder's memory bounded; runs until the process ends.
pub async fn upkeep(handle: PrometheusHandle) {
    loop {
        tokio::time::sleep(UPKEEP).await;
        handle.run_upkeep();
    }
}

/// Method and status.
type Counted = (&'static str, u16);
type ByRoute = HashMap<String, Histogram>;

/// One worker thread's way to its counters. A label is a route, a method of the standard or a status: their
/// number has a bound, whatever callers send.
#[derive(Default)]
pub(crate) struct Meters {
    durations: RefCell<HashMap<Counted, ByRoute>>,
    active: RefCell<HashMap<&'static str, Gauge>>,
}

/// A request under way; it ends also when the caller goes away.
pub(crate) struct UnderWay(Gauge);

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.decrement(1);
    }
}

impl Meters {
    pub(crate) fn begin(&self, method: &'static str) -> UnderWay {
        let mut active = self.active.borrow_mut();
        let gauge =
            active.entry(method).or_insert_with(|| metrics::gauge!(ACTIVE, "http_request_method" => method));
        gauge.increment(1);
        UnderWay(gauge.clone())
    }

    pub(crate) fn end(&self, method: &'static str, route: &str, status: StatusCode, taken: Duration) {
        let mut durations = self.durations.borrow_mut();
        let routes = durations.entry((method, status.as_u16())).or_default();
        if let Some(histogram) = routes.get(route) {
            return histogram.record(taken);
        }
        let histogram = metrics::histogram!(
            DURATION,
            "http_request_method" => method,
            "http_route" => route.to_owned(),
            "http_response_status_code" => status.as_u16().to_string()
        );
        histogram.record(taken);
        routes.insert(route.to_owned(), histogram);
    }
}

/// The method as a label; what callers invent is all one.
pub(crate) fn method_label(method: &Method) -> &'static str {
    let known = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"];
    known.into_iter().find(|known| *known == method.as_str()).unwrap_or("_OTHER")
}
