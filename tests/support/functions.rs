//! The server functions, for tests that ask all of them: a test of their own sees that none is missing here.

/// The server functions, each with the fields that it reads and what stands in them otherwise.
pub const SERVER_FUNCTIONS: &[(&str, &[(&str, &str)])] = &[
    ("/api/ask-for-link", &[("input[email]", "uma@blueheron.example")]),
    (
        "/api/batch-since",
        &[("id", "{batch}"), ("query", ""), ("stamp", "x"), ("may_wait", "false")],
    ),
    (
        "/api/change-password",
        &[
            ("input[company]", "{company}"),
            ("input[current_password]", "not the one"),
            ("input[new_password]", "heron-tundra-sprig-7"),
        ],
    ),
    (
        "/api/change-role",
        &[
            ("input[user]", "{uma}"),
            ("input[company]", "{company}"),
            ("input[role]", "user"),
            ("input[was_role]", "user"),
        ],
    ),
    (
        "/api/create-user",
        &[
            ("input[company]", "{company}"),
            ("input[name]", "Ana Lima"),
            ("input[email]", "ana.lima@new.example"),
            ("input[role]", "user"),
        ],
    ),
    ("/api/dashboard-since", &[("stamp", "x"), ("may_wait", "false")]),
    (
        "/api/edit-user",
        &[
            ("input[user]", "{uma}"),
            ("input[company]", "{company}"),
            ("input[name]", "Uma Other"),
            ("input[email]", "uma@blueheron.example"),
            ("input[was_name]", "Uma User"),
            ("input[was_email]", "uma@blueheron.example"),
        ],
    ),
    (
        "/api/post-notice",
        &[("input[company]", "{company}"), ("input[banner]", "Words")],
    ),
    (
        "/api/redeem-link",
        &[("input[token]", "x"), ("input[new_password]", "heron-tundra-sprig-7")],
    ),
    (
        "/api/resets-list-since",
        &[("query", "tab=resets&q=a"), ("stamp", "x"), ("may_wait", "false")],
    ),
    ("/api/search-people", &[("query", "tab=users&q=a&sort=-name")]),
    (
        "/api/resets-since",
        &[("id", "{uma}"), ("stamp", "x"), ("may_wait", "false")],
    ),
    (
        "/api/revoke-resets",
        &[("input[company]", "{company}"), ("input[user]", "{uma}")],
    ),
    (
        "/api/save-company",
        &[
            ("input[company]", "{company}"),
            ("input[version]", "0"),
            ("input[website]", "https://a.example"),
            ("input[phone]", "+1"),
            ("input[contact_email]", "uma@blueheron.example"),
            ("input[banner]", "Words"),
            ("input[all]", "yes"),
            ("input[name]", "Blue Heron Logistics"),
            ("input[time_zone]", "Europe/Berlin"),
            ("input[accent]", "blue"),
            ("input[sender_name]", "Heron"),
            ("input[only_managers]", "yes"),
        ],
    ),
    (
        "/api/save-details",
        &[
            ("input[company]", "{company}"),
            ("input[name]", "Ada Admin"),
            ("input[email]", "ada@blueheron.example"),
            ("input[current_password]", "not the one"),
            ("input[time_zone]", "Europe/Berlin"),
        ],
    ),
    ("/api/session-left", &[]),
    (
        "/api/sign-in",
        &[
            ("input[email]", "nobody@new.example"),
            ("input[password]", "not the one"),
            ("input[keep]", "yes"),
            ("input[next]", "/account"),
        ],
    ),
    ("/api/stay-signed-in", &[]),
    (
        "/api/trigger-reset",
        &[("input[company]", "{company}"), ("input[user]", "{uma}")],
    ),
];
