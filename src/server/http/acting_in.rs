//! Every form and every changing server function carries the company that its page showed. One from another company than the
//! session acts in does nothing (D3): of two tabs, one has switched. Looked at here once for all of them, by what the
//! session's own read has told; services that act in a company look again, in their transaction.

use std::sync::Arc;

use axum::body::{self, Body, Bytes};
use axum::extract::Request;
use axum::http::Method;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::Response;
use rekey_domain::id::CompanyId;

use crate::server::http::body_limit::MOST_OF_ANY;
use crate::server::http::form_parts;
use crate::server::http::session::Visitor;
use crate::server::http::trouble;
use crate::wire::error::AppError;

/// How a plain form and a server function name it.
const FIELDS: [&str; 2] = ["company", "input[company]"];

/// The layer.
pub async fn check(request: Request, next: Next) -> Response {
    let visitor = request.extensions().get::<Arc<Visitor>>().cloned();
    let who = visitor.as_ref().and_then(|visitor| visitor.signed_in.as_ref());
    let (Some(who), &Method::POST) = (who, request.method()) else {
        return next.run(request).await;
    };
    let (parts, body) = request.into_parts();
    let Ok(bytes) = body::to_bytes(body, MOST_OF_ANY).await else {
        return trouble::answer(&AppError::TooLarge, &parts.uri);
    };
    for shown in shown(&parts, bytes.clone()).await {
        if let Err(error) = who.must_act_in(shown) {
            return trouble::answer(&error, &parts.uri);
        }
    }
    next.run(Request::from_parts(parts, Body::from(bytes))).await
}

/// The companies that a body names. What is none is the door's to refuse, and so is what can't be read.
async fn shown(parts: &Parts, body: Bytes) -> Vec<CompanyId> {
    let fields = form_parts::read(parts, body).await.unwrap_or_default();
    let named = fields.iter().filter(|part| FIELDS.contains(&part.name.as_str()));
    named
        .filter_map(|part| std::str::from_utf8(&part.bytes).ok()?.parse().ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use axum::http::header::CONTENT_TYPE;

    use super::*;

    async fn shown_in(kind: &str, body: &str) -> Vec<CompanyId> {
        let request = Request::builder()
            .uri("/company/users/import")
            .header(CONTENT_TYPE, kind);
        let (parts, ()) = request.body(()).expect("a request").into_parts();
        shown(&parts, body.to_owned().into()).await
    }

    #[tokio::test]
    async fn d3_the_company_is_found_in_both_kinds_of_forms() {
        let id = "01980000-0000-7000-8000-000000000000";
        for body in [
            format!("company={id}"),
            format!("name=x&company={id}"),
            format!("input[company]={id}&input[name]=x"),
            format!("input%5Bcompany%5D={id}"),
        ] {
            assert_eq!(
                shown_in("application/x-www-form-urlencoded", &body).await,
                [id.parse().expect("an id")],
                "{body}"
            );
        }
        for body in [
            format!("company_id={id}"),
            format!("x[company]={id}"),
            "company=7".to_owned(),
        ] {
            assert!(
                shown_in("application/x-www-form-urlencoded", &body).await.is_empty(),
                "{body}"
            );
        }
        let with_file =
            |name: &str| format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{id}\r\n--x--\r\n");
        let kind = "Multipart/Form-Data; boundary=x";
        assert_eq!(
            shown_in(kind, &with_file("company")).await,
            [id.parse().expect("an id")]
        );
        assert!(shown_in(kind, &with_file("companies")).await.is_empty());
        assert!(shown_in(kind, "nonsense").await.is_empty());
    }
}
