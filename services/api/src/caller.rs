//! Who calls: the bearer of a token, and what their functions let them read.

use crate::problem::Problem;
use crate::quota::Client;
use crate::site::Site;
use crate::tokens::Tokens;
use actix_web::dev::Payload;
use actix_web::http::header::AUTHORIZATION;
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};
use est::permission::{self, Actor, Permission};
use est::{Facts, Grant, ProgrammeId, Subject};
use futures_util::future::{FutureExt, LocalBoxFuture};
use std::sync::Arc;
use views::texts::Sight;

/// Somebody whose token has been verified; not yet anybody with rights.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    pub subject: Subject,
}

/// What a query is answered from: a grant, and the facts it was given on.
pub(crate) struct Granted {
    pub grant: Grant,
    pub facts: Arc<Facts>,
    /// Whether sealed texts are shown.
    pub sealed: bool,
}

impl Granted {
    /// What of texts is shown.
    pub(crate) fn sight(&self) -> Sight<'_> {
        Sight { facts: &self.facts, sealed: self.sealed }
    }
}

impl FromRequest for Caller {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let site = request.app_data::<web::Data<Site>>().cloned();
        let request = request.clone();
        // Verified once, however many parts of a request ask.
        let known = request.extensions().get::<Self>().cloned();
        async move {
            if let Some(known) = known {
                return Ok(known);
            }
            let site = site.ok_or_else(no_site)?;
            let header = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
            let token = Tokens::presented(header)?;
            let bearer = site.tokens.verify(token, site.rim.now()).await?;
            Client::note(&request, bearer.client);
            let caller = Self { subject: bearer.subject };
            request.extensions_mut().insert(caller.clone());
            Ok(caller)
        }
        .boxed_local()
    }
}

/// The site is laid down when the service starts; without it nothing can be answered.
pub(crate) fn no_site() -> Problem {
    Problem::Bug { cause: "the service was started without its site".to_owned() }
}

impl Caller {
    /// The actor of the caller's commands.
    pub(crate) fn actor(&self) -> Actor {
        Actor::Holder(self.subject.clone())
    }

    /// The grant that the caller's functions give in a programme. A programme where they hold none is not there.
    pub(crate) async fn granted(
        &self,
        site: &Site,
        programme: ProgrammeId,
        permission: Permission,
    ) -> Result<Granted, Problem> {
        let facts = site.writer.standing().current(&site.database, programme.0).await?;
        let facts = facts.ok_or(Problem::Refused(permission::NO_SUCH_PROGRAMME))?;
        let grant =
            permission::grant(&facts, &self.subject, permission, site.rim.now()).map_err(Problem::Refused)?;
        let sealed = permission::grant(&facts, &self.subject, Permission::ReadSealed, site.rim.now()).is_ok();
        Ok(Granted { grant, facts, sealed })
    }
}
