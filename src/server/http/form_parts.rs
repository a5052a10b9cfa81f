//! The fields of a posted form, whichever of the two kinds of bodies it has: the usual one, or the one that can hold a file,
//! which axum takes apart, at the only address where a file is expected. The layers have limited the bytes before, and the
//! fields of the usual kind.

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use rekey_domain::form_fields;
use url::form_urlencoded;

use crate::wire::error::AppError;
use crate::wire::paths;

/// A field with what was typed, or with what is in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The field's name.
    pub name: String,
    /// Its value.
    pub bytes: Bytes,
}

/// Whether the body is read as a form that can hold a file.
pub fn may_hold_file(parts: &Parts) -> bool {
    let kind = parts.headers.get(CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    parts.uri.path() == paths::IMPORT
        && kind
            .trim_start()
            .to_ascii_lowercase()
            .starts_with("multipart/form-data")
}

/// All of them, in their order. A form with a file is read field by field, and no further than to the last that may be.
pub async fn read(parts: &Parts, body: Bytes) -> Result<Vec<Part>, AppError> {
    if !may_hold_file(parts) {
        let fields = form_urlencoded::parse(&body).into_owned();
        let fields = fields.map(|(name, value)| Part {
            name,
            bytes: value.into(),
        });
        return Ok(fields.collect());
    }
    let mut request = Request::new(Body::from(body));
    if let Some(kind) = parts.headers.get(CONTENT_TYPE) {
        request.headers_mut().insert(CONTENT_TYPE, kind.clone());
    }
    let bad = |_| AppError::BadRequest;
    let mut form = Multipart::from_request(request, &())
        .await
        .map_err(|_| AppError::BadRequest)?;
    let mut fields = Vec::new();
    while let Some(field) = form.next_field().await.map_err(bad)? {
        if fields.len() == form_fields::MOST {
            return Err(AppError::TooManyFields);
        }
        fields.push(Part {
            name: field.name().ok_or(AppError::BadRequest)?.to_owned(),
            bytes: field.bytes().await.map_err(bad)?,
        });
    }
    Ok(fields)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = "--x\r\nContent-Disposition: form-data; name=\"f\"\r\n\r\nv&v\r\n";

    fn parts(path: &str) -> Parts {
        let request = Request::builder()
            .uri(path)
            .header(CONTENT_TYPE, "Multipart/Form-Data; boundary=x");
        request.body(()).expect("a request").into_parts().0
    }

    #[tokio::test]
    async fn f2_a_form_with_a_file_is_read_to_the_last_field_that_may_be() {
        let form = |fields: usize| Bytes::from(format!("{}--x--\r\n", LINE.repeat(fields)));
        for number in [1, form_fields::MOST] {
            let fields = read(&parts(paths::IMPORT), form(number)).await.expect("it is read");
            assert_eq!(fields.len(), number);
            assert!(fields.iter().all(|field| field.name == "f" && field.bytes == "v&v"));
        }
        // What comes after the last one is not looked at: this is no form at all.
        let more = format!("{}nonsense", LINE.repeat(form_fields::MOST + 1));
        let refused = read(&parts(paths::IMPORT), more.into()).await;
        assert_eq!(refused, Err(AppError::TooManyFields));
    }

    #[tokio::test]
    async fn f2_a_body_is_no_form_with_a_file_where_none_is_expected() {
        for path in ["/company/users/import/", "/company/users/import/invite", "/login", "/"] {
            assert!(!may_hold_file(&parts(path)), "{path}");
            let fields = read(&parts(path), "a=b&c=d".into()).await.expect("it is read");
            assert_eq!(fields.len(), 2, "{path}");
        }
        assert!(may_hold_file(&parts(&(paths::IMPORT.to_owned() + "?draft=x"))));
        assert!(!may_hold_file(&Request::new(()).into_parts().0));
    }
}
