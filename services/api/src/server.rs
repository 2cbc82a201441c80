//! The server: the routes behind the envelope, beside the documentation and the operator's own paths.

use crate::body::{MANY_BODIES, Validators};
use crate::contract::contract;
use crate::envelope::Envelope;
use crate::problem::Problem;
use crate::quota::QuotaSettings;
use crate::route_table::{RouteTable, no_such_route};
use crate::routes;
use crate::site::{ROOT, Settings, Site};
use crate::tokens::Tokens;
use actix_web::dev::{Server, ServerHandle};
use actix_web::guard::Get;
use actix_web::http::Method;
use actix_web::middleware::Compress;
use actix_web::web::{Bytes, Data, PathConfig, PayloadConfig, QueryConfig};
use actix_web::{App, HttpResponse, HttpServer, Resource, web};
use event_log::{Database, Rim, Writer};
use metrics_exporter_prometheus::PrometheusHandle;
use std::net::TcpListener;
use std::sync::Arc;
use utoipa_actix_web::AppExt;
use utoipa_actix_web::scope::scope;
use utoipa_swagger_ui::{Config, SwaggerUi};
use views::Reader;

/// What the server is given.
pub struct Parts {
    pub writer: Writer,
    pub database: Database,
    pub reader: Reader,
    pub tokens: Arc<Tokens>,
    pub rim: Arc<dyn Rim>,
    pub settings: Settings,
    pub quota: QuotaSettings,
    pub metrics: PrometheusHandle,
}

/// A server that listens, and the handle to stop it by.
pub struct Listening {
    pub server: Server,
    pub handle: ServerHandle,
}

/// The contract as it is served.
struct Document(Bytes);

/// Starts to serve on a socket that is bound already. The server runs while it is awaited.
pub fn listen(
    parts: Parts,
    socket: TcpListener,
) -> Result<Listening, Box<dyn std::error::Error + Send + Sync>> {
    let Parts { writer, database, reader, tokens, rim, settings, quota, metrics } = parts;
    let document = contract(&settings.base_url);
    let validators = Validators::of(&document)?;
    let served = Data::new(Document(Bytes::from(serde_json::to_vec_pretty(&document)?)));
    let (body_bytes_max, threads) = (settings.body_bytes_max, settings.threads);
    let paths = route_table(&document);
    let envelope = Envelope::new(Arc::clone(&rim), quota, settings.proxies.clone());
    let site = Data::new(Site { writer, database, reader, tokens, rim, validators, settings });
    let metrics = Data::new(metrics);
    let http = HttpServer::new(move || {
        let broken = |parameter| move || actix_web::Error::from(Problem::ParameterBroken { parameter });
        App::new()
            .app_data(site.clone())
            .app_data(served.clone())
            .app_data(metrics.clone())
            .app_data(PayloadConfig::new(body_bytes_max * MANY_BODIES))
            // An identity that does not read is one that does not exist.
            .app_data(PathConfig::default().error_handler(|_, _| Problem::NotFound.into()))
            .app_data(QueryConfig::default().error_handler(move |_, _| broken("query")()))
            .service(beside("/livez").to(async || HttpResponse::Ok().body("ok")))
            .service(beside("/readyz").to(ready))
            .service(beside("/metrics").to(measured))
            .service(beside(&format!("{ROOT}/openapi.json")).to(openapi))
            .service(
                SwaggerUi::new(format!("{ROOT}/docs/{{_:.*}}"))
                    .config(Config::new([format!("{ROOT}/openapi.json")]).persist_authorization(true)),
            )
            .into_utoipa_app()
            .service(scope(ROOT).configure(routes::configure))
            .into_app()
            .default_service(no_such_route(&paths))
            .wrap(envelope.clone())
            .wrap(Compress::default())
    });
    let running = http.workers(threads).disable_signals().shutdown_timeout(10).listen(socket)?.run();
    Ok(Listening { handle: running.handle(), server: running })
}

/// A path of the operator's, beside the contract; another method than GET is answered as everywhere else.
fn beside(path: &str) -> Resource {
    web::resource(path).guard(Get())
}

/// The contract's paths, and those beside it.
fn route_table(document: &serde_json::Value) -> RouteTable {
    let beside = ["/livez", "/readyz", "/metrics", "/samlad/v1/openapi.json"];
    let paths = RouteTable::read(ROOT, document);
    beside.iter().fold(paths, |paths, path| paths.with(path, &[Method::GET]))
}

async fn openapi(document: Data<Document>) -> HttpResponse {
    HttpResponse::Ok().content_type("application/json").body(document.0.clone())
}

/// Ready when the database answers.
async fn ready(site: Data<Site>) -> Result<HttpResponse, Problem> {
    site.database.answers().await?;
    Ok(HttpResponse::Ok().body("ready"))
}

async fn measured(metrics: Data<PrometheusHandle>) -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; version=0.0.4").body(metrics.render())
}
