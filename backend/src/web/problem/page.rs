//! `GET /problems/{kind}`: what a problem's `type` leads to.

use super::{ApiError, Kind};
use crate::web::extract::Path;
use shared::api::problem::Problem;

/// What a kind of problem means, and what can be done, for whoever follows its `type`.
#[utoipa::path(
    get,
    path = "/problems/{kind}",
    tag = "operations",
    params(("kind" = String, Path, description = "The last part of the problem's `type`.")),
    responses(
        (status = 200, body = String, content_type = "text/plain"),
        (status = "default", body = Problem),
    )
)]
pub async fn handler(Path(kind): Path<String>) -> Result<String, ApiError> {
    let known = Kind::ALL.iter().map(|known| known.facts()).find(|facts| facts.slug == kind);
    let facts = known.ok_or_else(|| Kind::UnknownRoute.because("There is no such kind of problem."))?;
    Ok(format!("{} (status {})\n\n{}\n{}\n", facts.title, facts.status.as_u16(), facts.safe, facts.remedy))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::testing::Server;
    use axum::http::StatusCode;

    #[tokio::test]
    async fn a_type_leads_to_its_meaning() {
        let server = Server::empty().await;
        let page = server.get("/problems/unknown-signature").send().await;
        assert!(page.text.starts_with("No enrolled key has signed it (status 422)"), "{}", page.text);
        server.get("/problems/hat").send().await.is_problem(StatusCode::NOT_FOUND, "unknown-route");
    }

    #[test]
    fn the_documentation_lists_every_kind_as_it_is() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/api.md");
        let documentation = std::fs::read_to_string(path).unwrap();
        for kind in Kind::ALL {
            let facts = kind.facts();
            let row = format!("| `{}` | {} | {} | {} |", facts.slug, facts.status.as_u16(), facts.title, facts.remedy);
            assert!(documentation.contains(&row), "docs/api.md lacks this row:\n{row}");
        }
    }
}
