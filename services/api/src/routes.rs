//! The routes, written out: one file for each thing of the method.

mod about;
mod addenda;
mod analyses;
mod areas;
mod batches;
mod compilations;
mod digests;
mod fidelity;
mod forms;
mod functions;
mod guard_lists;
mod interventions;
mod organisations;
mod outcomes;
mod pictures;
mod pledges;
mod priorities;
mod problems;
mod programmes;
mod recipients;
mod reports;
mod rescreening;
mod screenings;
mod series;
mod texts;
mod timelines;
mod warnings;
mod weeks;

use utoipa_actix_web::service_config::ServiceConfig;

/// Every route; what is called most comes first, since they are tried in order.
pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    reports::configure(config);
    batches::configure(config);
    screenings::configure(config);
    forms::configure(config);
    weeks::configure(config);
    series::configure(config);
    fidelity::configure(config);
    pictures::configure(config);
    warnings::configure(config);
    compilations::configure(config);
    addenda::configure(config);
    texts::configure(config);
    problems::configure(config);
    digests::configure(config);
    priorities::configure(config);
    analyses::configure(config);
    timelines::configure(config);
    interventions::configure(config);
    pledges::configure(config);
    areas::configure(config);
    outcomes::configure(config);
    organisations::configure(config);
    functions::configure(config);
    recipients::configure(config);
    rescreening::configure(config);
    programmes::configure(config);
    guard_lists::configure(config);
    about::configure(config);
}
