//! The fields of a posted form, whichever of the two kinds of bodies it has: the usual one, or the one that can hold a file,
//! which axum takes apart. The layers have limited the bytes before.

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use url::form_urlencoded;

/// The most parts of a form with a file: more than any of ours has.
const MOST_PARTS: usize = 16;

/// A field with what was typed, or with what is in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The field's name.
    pub name: String,
    /// Its value.
    pub bytes: Bytes,
}

/// The body is not one that a browser sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable;

/// All of them, in their order.
pub async fn read(headers: &HeaderMap, body: Bytes) -> Result<Vec<Part>, Unreadable> {
    let kind = headers.get(CONTENT_TYPE).filter(|kind| {
        let kind = kind.to_str().unwrap_or_default().trim_start();
        kind.to_ascii_lowercase().starts_with("multipart/form-data")
    });
    let Some(kind) = kind else {
        let fields = form_urlencoded::parse(&body).into_owned();
        let parts = fields.map(|(name, value)| Part {
            name,
            bytes: value.into(),
        });
        return Ok(parts.collect());
    };
    let mut request = Request::new(Body::from(body));
    request.headers_mut().insert(CONTENT_TYPE, kind.clone());
    let mut form = Multipart::from_request(request, &()).await.map_err(|_| Unreadable)?;
    let mut parts = Vec::new();
    while let Some(field) = form.next_field().await.map_err(|_| Unreadable)? {
        if parts.len() == MOST_PARTS {
            return Err(Unreadable);
        }
        parts.push(Part {
            name: field.name().ok_or(Unreadable)?.to_owned(),
            bytes: field.bytes().await.map_err(|_| Unreadable)?,
        });
    }
    Ok(parts)
}
