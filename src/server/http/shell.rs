//! The document around every page. Its head tags are ours: the framework's own read a file beside the executable and put
//! the nonce where it does not belong (style trap 7.18).

use leptos::config::LeptosOptions;
use leptos::nonce::use_nonce;
use leptos::prelude::*;

use crate::server::http::assets;
use crate::ui::title::TitleOfPage;
use crate::wire::paths;
use crate::wire::views::Frame;

/// After a failure of the WebAssembly: what is clicked, typed and submitted is the browser's own again.
const GIVE_BACK: &str = "window.rekeyDead=()=>{for(const t of['click','submit','change','input','keydown'])\
addEventListener(t,e=>e.stopImmediatePropagation(),true)};";

/// Starts the islands, one after the other; none stands in another one. Where somebody on the way has taken the comments out of the page
/// nothing can be hydrated, and at the first island that fails the rest stays plain: every form works without (K13).
const START: &str = "if(document.getElementById('canary')?.firstChild?.nodeType===8){\
await init({module_or_path:WASM});islands.hydrate();let live=true;\
for(const island of document.querySelectorAll('leptos-island')){\
islands.root();\
try{islands[island.dataset.component](island)}catch(error){live=false;rekeyDead();console.error(error);break}}\
if(live)document.documentElement.dataset.hydrated=''}";

/// A comment, such as the ones by which the islands find their places.
const CANARY: &str = "<!---->";

/// The document around a page that has said its title.
pub fn document(options: LeptosOptions, title: &TitleOfPage, page: AnyView) -> impl IntoView + use<> {
    let nonce = use_nonce().map(|nonce| nonce.to_string());
    let viewer = use_context::<Frame>().and_then(|frame| frame.viewer);
    let accent = viewer.as_ref().map(|viewer| viewer.accent.as_str());
    let title = title.in_full(viewer.as_ref().map(|viewer| viewer.company_name.as_str()));
    let live = assets::has_live_parts().then(|| live_parts(nonce));
    view! {
        <!DOCTYPE html>
        <html lang="en" dir="ltr" data-accent=accent>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="icon" href=paths::FAVICON/>
                <link rel="stylesheet" href=assets::stylesheet()/>
                {live}
                <AutoReload options/>
                // As text of an element it would end with a comment, which a title shows.
                <title inner_html=html_escape::encode_text(&title).into_owned()></title>
            </head>
            <body>
                {page}
                <span id="canary" hidden inner_html=CANARY.to_owned()></span>
            </body>
        </html>
    }
}

/// What loads the WebAssembly and starts it.
fn live_parts(nonce: Option<String>) -> impl IntoView {
    let script = assets::script();
    let wasm = assets::wasm();
    let start = format!(
        "import init,*as islands from '{script}';{}",
        START.replace("WASM", &format!("'{wasm}'"))
    );
    view! {
        <link rel="modulepreload" href=script nonce=nonce.clone()/>
        <link rel="preload" href=wasm r#as="fetch" crossorigin="anonymous" fetchpriority="low"/>
        <script nonce=nonce.clone()>{GIVE_BACK}</script>
        <script type="module" nonce=nonce>{start}</script>
    }
}
