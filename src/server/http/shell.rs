//! The document around every page. Its head tags are ours: the framework's own read a file beside the executable and put
//! the nonce where it does not belong (style trap 7.18).

use leptos::config::LeptosOptions;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::MetaTags;

use crate::app::App;
use crate::server::http::assets;
use crate::wire::views::Frame;

/// After a panic of the WebAssembly: clicks, submits and Back are the browser's own again.
const GIVE_BACK: &str = "window.rekeyDead=()=>{for(const t of['click','submit'])\
addEventListener(t,e=>e.stopImmediatePropagation(),true);addEventListener('popstate',()=>location.reload(),true)};";

/// The document.
pub fn shell(options: &LeptosOptions) -> impl IntoView + use<> {
    let nonce = use_nonce().map(|nonce| nonce.to_string());
    let viewer = use_context::<Frame>().and_then(|frame| frame.viewer);
    let accent = viewer.map(|viewer| viewer.accent.as_str());
    let script = assets::script();
    let wasm = assets::wasm();
    let start = format!("import init,{{hydrate}} from '{script}';await init({{module_or_path:'{wasm}'}});hydrate();");
    view! {
        <!DOCTYPE html>
        <html lang="en" dir="ltr" data-accent=accent>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="stylesheet" href=assets::stylesheet()/>
                <link rel="modulepreload" href=script nonce=nonce.clone()/>
                <link rel="preload" href=wasm r#as="fetch" type="application/wasm" crossorigin="anonymous"/>
                <script nonce=nonce.clone()>{GIVE_BACK}</script>
                <script type="module" nonce=nonce.clone()>{start}</script>
                <AutoReload options=options.clone()/>
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}
