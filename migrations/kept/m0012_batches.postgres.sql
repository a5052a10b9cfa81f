-- expected: companies 3
-- expected: users 58
-- expected: grants 1
-- expected: resets 10
-- expected: links 11
-- expected: mails 10
-- expected: tries 10
--
-- PostgreSQL database dump
--

\restrict vyNexcE6nfWmPgtdICkhdgbBMAdIbZcqjUjCWq5AjWzdmEb3fMUhM7DCNMPfAUX

-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: activity_refuse_update(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.activity_refuse_update() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
             BEGIN RAISE EXCEPTION 'activity is never changed'; END $$;


SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: activity; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.activity (
    id uuid NOT NULL,
    company_id uuid NOT NULL,
    at bigint NOT NULL,
    actor_kind text NOT NULL,
    actor_id uuid,
    actor_name text NOT NULL,
    action text NOT NULL,
    outcome text NOT NULL,
    target_id uuid,
    target_name text,
    detail text,
    client_address text,
    search_key text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT activity_actor_kind_check CHECK ((actor_kind = ANY (ARRAY['user'::text, 'operator'::text, 'recipient'::text, 'system'::text]))),
    CONSTRAINT activity_outcome_check CHECK ((outcome = ANY (ARRAY['granted'::text, 'refused'::text])))
);


--
-- Name: asks; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.asks (
    id uuid NOT NULL,
    email_key text NOT NULL COLLATE pg_catalog."C",
    asked_at bigint NOT NULL,
    client_address text NOT NULL,
    user_agent text NOT NULL
);


--
-- Name: batch_lines; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.batch_lines (
    batch_id uuid NOT NULL,
    line integer NOT NULL,
    email text NOT NULL,
    name text,
    role text,
    user_id uuid,
    outcome text NOT NULL,
    detail text,
    CONSTRAINT batch_lines_done_check CHECK (((outcome <> 'done'::text) OR (user_id IS NOT NULL))),
    CONSTRAINT batch_lines_line_check CHECK ((line > 0)),
    CONSTRAINT batch_lines_outcome_check CHECK ((outcome = ANY (ARRAY['ready'::text, 'done'::text, 'revoked'::text, 'not-allowed'::text, 'deleted'::text, 'already-waiting'::text, 'limit'::text, 'not-here'::text, 'you'::text, 'bad-email'::text, 'twice'::text, 'already-here'::text, 'unusable'::text, 'bad-name'::text, 'bad-role'::text, 'role-not-allowed'::text, 'malformed'::text])))
);


--
-- Name: batches; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.batches (
    id uuid NOT NULL,
    company_id uuid NOT NULL,
    kind text NOT NULL,
    state text NOT NULL,
    made_by uuid,
    made_at bigint NOT NULL,
    client_address text,
    user_agent text,
    reason text,
    pressed_at bigint,
    revoked_by uuid,
    CONSTRAINT batches_kind_check CHECK ((kind = ANY (ARRAY['resets'::text, 'import'::text]))),
    CONSTRAINT batches_made_by_check CHECK (((made_by IS NOT NULL) OR (kind = 'import'::text))),
    CONSTRAINT batches_pressed_check CHECK (((state = 'draft'::text) = (pressed_at IS NULL))),
    CONSTRAINT batches_revoked_by_check CHECK (((state = ANY (ARRAY['revoking'::text, 'revoked'::text])) = (revoked_by IS NOT NULL))),
    CONSTRAINT batches_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'pressed'::text, 'done'::text, 'revoking'::text, 'revoked'::text])))
);


--
-- Name: companies; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.companies (
    id uuid NOT NULL,
    parent_id uuid,
    name text NOT NULL,
    search_key text NOT NULL COLLATE pg_catalog."C",
    sort_key text NOT NULL COLLATE pg_catalog."C",
    website text,
    phone text,
    contact_email text,
    time_zone text,
    created_at bigint NOT NULL,
    banner text,
    accent text DEFAULT 'blue'::text NOT NULL,
    sender_name text,
    only_managers boolean DEFAULT false NOT NULL,
    version bigint DEFAULT 0 NOT NULL,
    CONSTRAINT companies_accent_check CHECK ((accent = ANY (ARRAY['blue'::text, 'teal'::text, 'green'::text, 'purple'::text, 'pink'::text, 'red'::text, 'brown'::text, 'slate'::text]))),
    CONSTRAINT companies_not_its_own_parent_check CHECK ((parent_id <> id))
);


--
-- Name: disavowals; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.disavowals (
    id uuid NOT NULL,
    company_id uuid NOT NULL,
    user_id uuid NOT NULL,
    at bigint NOT NULL,
    reset_id uuid,
    mail_id uuid,
    CONSTRAINT disavowals_about_one_check CHECK (((reset_id IS NULL) <> (mail_id IS NULL)))
);


--
-- Name: email_changes; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.email_changes (
    id uuid NOT NULL,
    company_id uuid NOT NULL,
    user_id uuid NOT NULL,
    old_email text NOT NULL,
    old_email_key text NOT NULL COLLATE pg_catalog."C",
    new_email text NOT NULL,
    entered_by uuid NOT NULL,
    entered_at bigint NOT NULL,
    counts_from bigint NOT NULL,
    confirmed_at bigint,
    ended_as text,
    ended_at bigint,
    CONSTRAINT email_changes_counted_is_confirmed_check CHECK (((ended_as IS NULL) OR (ended_as <> 'counted'::text) OR (confirmed_at IS NOT NULL))),
    CONSTRAINT email_changes_counts_from_check CHECK ((counts_from >= entered_at)),
    CONSTRAINT email_changes_end_has_time_check CHECK (((ended_as IS NULL) = (ended_at IS NULL))),
    CONSTRAINT email_changes_ended_as_check CHECK ((ended_as = ANY (ARRAY['counted'::text, 'stopped'::text, 'cancelled'::text])))
);


--
-- Name: grants; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.grants (
    user_id uuid NOT NULL,
    company_id uuid NOT NULL,
    child_id uuid NOT NULL,
    given_at bigint NOT NULL
);


--
-- Name: limits; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.limits (
    kind text NOT NULL,
    key text NOT NULL COLLATE pg_catalog."C",
    count integer NOT NULL,
    at bigint NOT NULL,
    forget_at bigint NOT NULL,
    CONSTRAINT limits_count_check CHECK ((count >= 0)),
    CONSTRAINT limits_kind_check CHECK ((kind = ANY (ARRAY['ask_email'::text, 'ask_client'::text, 'sign_in_email'::text, 'sign_in_client'::text, 'taken_email'::text])))
);


--
-- Name: links; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.links (
    hash bytea NOT NULL,
    reset_id uuid NOT NULL,
    attempt integer NOT NULL,
    minted_at bigint NOT NULL,
    CONSTRAINT links_attempt_check CHECK ((attempt > 0)),
    CONSTRAINT links_hash_check CHECK ((length(hash) = 32))
);


--
-- Name: mails; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.mails (
    id uuid NOT NULL,
    kind text NOT NULL,
    company_id uuid NOT NULL,
    user_id uuid NOT NULL,
    reset_id uuid,
    recipient text NOT NULL,
    state text NOT NULL,
    attempts integer NOT NULL,
    created_at bigint NOT NULL,
    next_try_at bigint NOT NULL,
    deadline bigint,
    leased_until bigint,
    settled_at bigint,
    reply_stage text,
    reply_code integer,
    reply_text text,
    facts text,
    is_of_batch boolean DEFAULT false NOT NULL,
    CONSTRAINT mails_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT mails_is_of_batch_check CHECK (((NOT is_of_batch) OR (reset_id IS NOT NULL))),
    CONSTRAINT mails_kind_check CHECK ((kind = ANY (ARRAY['reset'::text, 'password_changed'::text, 'link_withdrawn'::text, 'not_me'::text, 'confirm_email'::text, 'email_changing'::text, 'ask_manager'::text]))),
    CONSTRAINT mails_lease_check CHECK (((state = 'sending'::text) = (leased_until IS NOT NULL))),
    CONSTRAINT mails_reply_stage_check CHECK ((reply_stage = ANY (ARRAY['connect'::text, 'tls'::text, 'login'::text, 'sender'::text, 'recipient'::text, 'body'::text]))),
    CONSTRAINT mails_reset_check CHECK (((kind = 'reset'::text) = (reset_id IS NOT NULL))),
    CONSTRAINT mails_settled_check CHECK (((state = ANY (ARRAY['accepted'::text, 'refused'::text, 'dropped'::text])) = (settled_at IS NOT NULL))),
    CONSTRAINT mails_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'sending'::text, 'accepted'::text, 'deferred'::text, 'refused'::text, 'dropped'::text])))
);


--
-- Name: notice_links; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.notice_links (
    hash bytea NOT NULL,
    mail_id uuid NOT NULL,
    attempt integer NOT NULL,
    minted_at bigint NOT NULL,
    CONSTRAINT notice_links_attempt_check CHECK ((attempt > 0)),
    CONSTRAINT notice_links_hash_check CHECK ((length(hash) = 32))
);


--
-- Name: outages; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.outages (
    id uuid NOT NULL,
    began_at bigint NOT NULL,
    ended_at bigint,
    next_probe_at bigint NOT NULL,
    reply_stage text NOT NULL,
    reply_code integer,
    reply_text text NOT NULL,
    CONSTRAINT outages_ends_later_check CHECK (((ended_at IS NULL) OR (ended_at >= began_at))),
    CONSTRAINT outages_reply_stage_check CHECK ((reply_stage = ANY (ARRAY['connect'::text, 'tls'::text, 'login'::text, 'sender'::text, 'recipient'::text, 'body'::text])))
);


--
-- Name: resets; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.resets (
    id uuid NOT NULL,
    company_id uuid NOT NULL,
    user_id uuid NOT NULL,
    kind text NOT NULL,
    asked_by uuid,
    asked_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    reference text NOT NULL,
    client_address text,
    user_agent text,
    ended_as text,
    ended_at bigint,
    ended_by uuid,
    replaced_by uuid,
    recipient_said text,
    is_shown boolean DEFAULT false NOT NULL,
    batch_id uuid,
    CONSTRAINT resets_end_has_time_check CHECK (((ended_as IS NULL) = (ended_at IS NULL))),
    CONSTRAINT resets_ended_as_check CHECK ((ended_as = ANY (ARRAY['used'::text, 'replaced'::text, 'revoked'::text, 'cancelled'::text]))),
    CONSTRAINT resets_ended_by_check CHECK (((ended_by IS NULL) OR (ended_as IS NOT NULL))),
    CONSTRAINT resets_expires_later_check CHECK ((expires_at > asked_at)),
    CONSTRAINT resets_is_shown_check CHECK (((NOT is_shown) OR (asked_by IS NULL))),
    CONSTRAINT resets_kind_check CHECK ((kind = ANY (ARRAY['manager'::text, 'oneself'::text, 'invitation'::text, 'restore'::text]))),
    CONSTRAINT resets_not_replaced_by_itself_check CHECK ((replaced_by <> id)),
    CONSTRAINT resets_recipient_said_check CHECK (((recipient_said IS NULL) OR ((recipient_said = ANY (ARRAY['not-asked'::text, 'not-needed'::text])) AND (ended_as IS NOT NULL) AND (ended_as = 'revoked'::text) AND (ended_by IS NULL)))),
    CONSTRAINT resets_replaced_by_check CHECK (((replaced_by IS NOT NULL) = ((ended_as IS NOT NULL) AND (ended_as = 'replaced'::text))))
);


--
-- Name: seaql_migrations; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.seaql_migrations (
    version character varying NOT NULL,
    applied_at bigint NOT NULL
);


--
-- Name: sessions; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.sessions (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    company_id uuid NOT NULL,
    secret_hash bytea NOT NULL,
    created_at bigint NOT NULL,
    seen_at bigint NOT NULL,
    kept boolean NOT NULL,
    user_agent text NOT NULL,
    client_address text NOT NULL,
    CONSTRAINT sessions_secret_hash_check CHECK ((length(secret_hash) = 32))
);


--
-- Name: tries; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.tries (
    mail_id uuid NOT NULL,
    attempt integer NOT NULL,
    ended_at bigint NOT NULL,
    verdict text NOT NULL,
    next_try_at bigint,
    reply_stage text,
    reply_code integer,
    reply_text text,
    CONSTRAINT tries_attempt_check CHECK ((attempt > 0)),
    CONSTRAINT tries_next_try_check CHECK (((verdict = 'deferred'::text) = (next_try_at IS NOT NULL))),
    CONSTRAINT tries_reply_stage_check CHECK ((reply_stage = ANY (ARRAY['connect'::text, 'tls'::text, 'login'::text, 'sender'::text, 'recipient'::text, 'body'::text]))),
    CONSTRAINT tries_verdict_check CHECK ((verdict = ANY (ARRAY['accepted'::text, 'deferred'::text, 'refused'::text])))
);


--
-- Name: users; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.users (
    id uuid NOT NULL,
    company_id uuid NOT NULL,
    name text NOT NULL,
    email text NOT NULL,
    email_key text NOT NULL COLLATE pg_catalog."C",
    search_key text NOT NULL COLLATE pg_catalog."C",
    sort_key text NOT NULL COLLATE pg_catalog."C",
    role text NOT NULL,
    password_hash text,
    time_zone text,
    created_at bigint NOT NULL,
    last_sign_in_at bigint,
    deleted_at bigint,
    CONSTRAINT users_deleted_without_password_check CHECK (((deleted_at IS NULL) OR (password_hash IS NULL))),
    CONSTRAINT users_role_check CHECK ((role = ANY (ARRAY['administrator'::text, 'manager'::text, 'user'::text, 'read-only'::text])))
);


--
-- Data for Name: activity; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: asks; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: batch_lines; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: batches; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: companies; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.companies VALUES ('01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', NULL, 'Blue Heron Logistics', 'blue heron logistics', 'blue heron logisticsblue heron logistics', NULL, '+49 30 5550 100', 'it@blueheronlogistics.example', 'Europe/Berlin', 1795527128000, NULL, 'blue', NULL, false, 0);
INSERT INTO public.companies VALUES ('01a20dc1-b3c0-7c14-855a-cfc46270c526', NULL, 'Quarry Foods', 'quarry foods', 'quarry foodsquarry foods', NULL, '+49 30 5550 100', 'it@quarryfoods.example', 'Europe/Berlin', 1795527128000, NULL, 'blue', NULL, false, 0);
INSERT INTO public.companies VALUES ('01a20dc1-b3c0-7daf-94c5-75f173e0fc78', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', 'Heron Nord', 'heron nord', 'heron nordheron nord', NULL, '+49 30 5550 100', 'it@heronnord.example', 'Europe/Berlin', 1795527128000, NULL, 'blue', NULL, false, 0);


--
-- Data for Name: disavowals; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: email_changes; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: grants; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.grants VALUES ('01a20dc1-b3c0-78ee-b66d-332b1868c6a2', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', '01a20dc1-b3c0-7daf-94c5-75f173e0fc78', 1795527128000);


--
-- Data for Name: limits; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: links; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.links VALUES ('\xf8c943f2f8da07aa9e44f897d89e6f4f530f00c125744d727d8c89181e2e51d1', '01a20c0a-3fc0-751a-b3b0-9457be3b43ad', 1, 1795498329000);
INSERT INTO public.links VALUES ('\x412ff5eb613706e4fa0c713e0327c14b6e5df8a81181213f82c38863d336729a', '01a20d53-d6c0-7cb4-bd3f-ebaa33876f9c', 1, 1795519929000);
INSERT INTO public.links VALUES ('\xc0eb2c66977808bddf6a06cb43ee125ae0b44ba28712f11a1dbcd2cb456d13da', '01a20d8a-c540-7533-a828-7803b337dda1', 1, 1795523529000);
INSERT INTO public.links VALUES ('\xc79f7eb11853d1336e61c26f76cf036579925760c96044c3a35f169e1e2feaad', '01a20d8a-c540-7533-a828-7803b337dda1', 2, 1795523857000);
INSERT INTO public.links VALUES ('\xdd5c6ef133c6c37f20f2c4c42c3fb2ba34024b89923515bd9cedddf0481c8122', '01a20d1c-e840-7e05-b72e-7db0e9abfbbe', 1, 1795516329000);
INSERT INTO public.links VALUES ('\x472ff33cc56d174b97a0d274171c9aa74a06e17079b9b8e0247fda47b46aa43a', '01a20caf-0b40-7238-be82-b1a7117efb4b', 1, 1795509129000);
INSERT INTO public.links VALUES ('\x1beeab071296cb8784b2ca3c0b73ae9f483a1a0c2a8b4cc573f1da568327eb37', '01a2052c-6fc0-7897-9178-cb1197c86dfa', 1, 1795383129000);
INSERT INTO public.links VALUES ('\x0ae7ae702310d1e8b648ece2f7ab75b97d3f039b95896262d7b42c071d111a11', '01a20c78-1cc0-7ca5-b135-d8027f2ef011', 1, 1795505529000);
INSERT INTO public.links VALUES ('\xb3e46067bcdb46343d5fc468ecbd0d837dbeabd74c0ab8817b8037922746ada9', '01a20c41-2e40-7850-82a1-1af4c969ca5f', 1, 1795501929000);
INSERT INTO public.links VALUES ('\xf365f60006e98ba42b43d306d685ed9aa30473700417ac0d3bf4bc5e5c423470', '01a20bd3-5140-792e-b014-936e673e9dbd', 1, 1795494729000);
INSERT INTO public.links VALUES ('\xd29ce91d70d9cdfbd608a05e494b9f790ef5a4d7782c20e341d381dbcc18d4b4', '01a20d8a-c540-7fd3-948c-b2110170422d', 1, 1795523529000);


--
-- Data for Name: mails; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.mails VALUES ('01a20c0a-3fc0-7d2a-a845-dba329383c38', 'reset', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', '01a20dc1-b3c0-7619-a527-9ba9b325ad57', '01a20c0a-3fc0-751a-b3b0-9457be3b43ad', 'ivy@blueheron.example', 'accepted', 1, 1795498328000, 1795528028000, 1795757528000, NULL, 1795498330000, 'body', 250, '2.0.0 Ok: queued', NULL, false);
INSERT INTO public.mails VALUES ('01a20d53-d6c0-75ce-8365-6e186880c39c', 'reset', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', '01a20dc1-b3c0-773c-a33a-8ed8145f0d41', '01a20d53-d6c0-7cb4-bd3f-ebaa33876f9c', 'person01@blueheron.example', 'accepted', 1, 1795519928000, 1795528028000, 1795606328000, NULL, 1795519930000, 'body', 250, '2.0.0 Ok: queued', NULL, false);
INSERT INTO public.mails VALUES ('01a20d8a-c540-713f-a3a2-c937f1cacdab', 'reset', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', '01a20dc1-b3c0-711b-b47c-031292a97508', '01a20d8a-c540-7533-a828-7803b337dda1', 'person02@blueheron.example', 'deferred', 2, 1795523528000, 1795528028000, 1795609928000, NULL, NULL, 'recipient', 452, '4.2.2 mailbox full', NULL, false);
INSERT INTO public.mails VALUES ('01a20d1c-e840-7b6d-ad08-6c6d55504132', 'reset', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', '01a20dc1-b3c0-7b8b-826c-11626403157d', '01a20d1c-e840-7e05-b72e-7db0e9abfbbe', 'person03@blueheron.example', 'refused', 1, 1795516328000, 1795528028000, 1795602728000, NULL, 1795516330000, 'recipient', 550, '5.1.1 no such user here', NULL, false);
INSERT INTO public.mails VALUES ('01a20caf-0b40-78d0-92ec-95394a65e522', 'reset', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', '01a20dc1-b3c0-7556-97be-46a7d79a1538', '01a20caf-0b40-7238-be82-b1a7117efb4b', 'person04@blueheron.example', 'accepted', 1, 1795509128000, 1795528028000, 1795595528000, NULL, 1795509130000, 'body', 250, '2.0.0 Ok: queued', NULL, false);
INSERT INTO public.mails VALUES ('01a2052c-6fc0-7f21-bf62-240309c6569e', 'reset', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', '01a20dc1-b3c0-7725-a564-83464ef355b6', '01a2052c-6fc0-7897-9178-cb1197c86dfa', 'person05@blueheron.example', 'accepted', 1, 1795383128000, 1795528028000, 1795469528000, NULL, 1795383130000, 'body', 250, '2.0.0 Ok: queued', NULL, false);
INSERT INTO public.mails VALUES ('01a20c78-1cc0-72e1-babe-e63f34fe7d67', 'reset', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', '01a20dc1-b3c0-7829-9ce3-a34432b00752', '01a20c78-1cc0-7ca5-b135-d8027f2ef011', 'person06@blueheron.example', 'accepted', 1, 1795505528000, 1795528028000, 1795591928000, NULL, 1795505530000, 'body', 250, '2.0.0 Ok: queued', NULL, false);
INSERT INTO public.mails VALUES ('01a20c41-2e40-78f4-a71e-026458be432c', 'reset', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', '01a20dc1-b3c0-7900-a439-aaad15f81373', '01a20c41-2e40-7850-82a1-1af4c969ca5f', 'person07@blueheron.example', 'accepted', 1, 1795501928000, 1795528028000, 1795588328000, NULL, 1795501930000, 'body', 250, '2.0.0 Ok: queued', NULL, false);
INSERT INTO public.mails VALUES ('01a20bd3-5140-7cfe-af82-949b023ef99b', 'reset', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', '01a20dc1-b3c0-7b8d-95f2-33b9f4f50f89', '01a20bd3-5140-792e-b014-936e673e9dbd', 'person08@blueheron.example', 'accepted', 1, 1795494728000, 1795528028000, 1795581128000, NULL, 1795494730000, 'body', 250, '2.0.0 Ok: queued', NULL, false);
INSERT INTO public.mails VALUES ('01a20d8a-c540-7f8a-9c03-df4d255b6ede', 'reset', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', '01a20dc1-b3c0-7b8d-95f2-33b9f4f50f89', '01a20d8a-c540-7fd3-948c-b2110170422d', 'person08@blueheron.example', 'accepted', 1, 1795523528000, 1795528028000, 1795609928000, NULL, 1795523530000, 'body', 250, '2.0.0 Ok: queued', NULL, false);


--
-- Data for Name: notice_links; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: outages; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: resets; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.resets VALUES ('01a20c0a-3fc0-751a-b3b0-9457be3b43ad', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', '01a20dc1-b3c0-7619-a527-9ba9b325ad57', 'invitation', '01a20dc1-b3c0-78ee-b66d-332b1868c6a2', 1795498328000, 1795757528000, 'A8GN3D', NULL, NULL, NULL, NULL, NULL, NULL, NULL, false, NULL);
INSERT INTO public.resets VALUES ('01a20d53-d6c0-7cb4-bd3f-ebaa33876f9c', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', '01a20dc1-b3c0-773c-a33a-8ed8145f0d41', 'manager', '01a20dc1-b3c0-78ee-b66d-332b1868c6a2', 1795519928000, 1795606328000, 'QK2R3H', NULL, NULL, NULL, NULL, NULL, NULL, NULL, false, NULL);
INSERT INTO public.resets VALUES ('01a20d8a-c540-7533-a828-7803b337dda1', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', '01a20dc1-b3c0-711b-b47c-031292a97508', 'manager', '01a20dc1-b3c0-78ee-b66d-332b1868c6a2', 1795523528000, 1795609928000, 'GNCTUW', NULL, NULL, NULL, NULL, NULL, NULL, NULL, false, NULL);
INSERT INTO public.resets VALUES ('01a20d1c-e840-7e05-b72e-7db0e9abfbbe', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', '01a20dc1-b3c0-7b8b-826c-11626403157d', 'manager', '01a20dc1-b3c0-78ee-b66d-332b1868c6a2', 1795516328000, 1795602728000, 'KW54Q2', NULL, NULL, NULL, NULL, NULL, NULL, NULL, false, NULL);
INSERT INTO public.resets VALUES ('01a20caf-0b40-7238-be82-b1a7117efb4b', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', '01a20dc1-b3c0-7556-97be-46a7d79a1538', 'manager', '01a20dc1-b3c0-78ee-b66d-332b1868c6a2', 1795509128000, 1795595528000, '9SA2E7', NULL, NULL, 'used', 1795510928000, NULL, NULL, NULL, false, NULL);
INSERT INTO public.resets VALUES ('01a2052c-6fc0-7897-9178-cb1197c86dfa', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', '01a20dc1-b3c0-7725-a564-83464ef355b6', 'manager', '01a20dc1-b3c0-78ee-b66d-332b1868c6a2', 1795383128000, 1795469528000, '26FLEV', NULL, NULL, NULL, NULL, NULL, NULL, NULL, false, NULL);
INSERT INTO public.resets VALUES ('01a20c78-1cc0-7ca5-b135-d8027f2ef011', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', '01a20dc1-b3c0-7829-9ce3-a34432b00752', 'manager', '01a20dc1-b3c0-78ee-b66d-332b1868c6a2', 1795505528000, 1795591928000, 'AM7JSP', NULL, NULL, 'revoked', 1795507328000, NULL, NULL, NULL, false, NULL);
INSERT INTO public.resets VALUES ('01a20c41-2e40-7850-82a1-1af4c969ca5f', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', '01a20dc1-b3c0-7900-a439-aaad15f81373', 'manager', '01a20dc1-b3c0-78ee-b66d-332b1868c6a2', 1795501928000, 1795588328000, 'SUKRGB', NULL, NULL, 'cancelled', 1795503728000, NULL, NULL, NULL, false, NULL);
INSERT INTO public.resets VALUES ('01a20d8a-c540-7fd3-948c-b2110170422d', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', '01a20dc1-b3c0-7b8d-95f2-33b9f4f50f89', 'manager', '01a20dc1-b3c0-78ee-b66d-332b1868c6a2', 1795523528000, 1795609928000, 'EHAPW8', NULL, NULL, NULL, NULL, NULL, NULL, NULL, false, NULL);
INSERT INTO public.resets VALUES ('01a20bd3-5140-792e-b014-936e673e9dbd', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', '01a20dc1-b3c0-7b8d-95f2-33b9f4f50f89', 'manager', '01a20dc1-b3c0-78ee-b66d-332b1868c6a2', 1795494728000, 1795581128000, '69NEPQ', NULL, NULL, 'replaced', 1795523528000, NULL, '01a20d8a-c540-7fd3-948c-b2110170422d', NULL, false, NULL);


--
-- Data for Name: seaql_migrations; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.seaql_migrations VALUES ('m0001_companies_and_users', 1796014650);
INSERT INTO public.seaql_migrations VALUES ('m0002_sessions', 1796014650);
INSERT INTO public.seaql_migrations VALUES ('m0003_resets_and_links', 1796014650);
INSERT INTO public.seaql_migrations VALUES ('m0004_outgoing_mail', 1796014650);
INSERT INTO public.seaql_migrations VALUES ('m0005_activity', 1796014650);
INSERT INTO public.seaql_migrations VALUES ('m0006_truth_about_resets', 1796014650);
INSERT INTO public.seaql_migrations VALUES ('m0007_people', 1796014650);
INSERT INTO public.seaql_migrations VALUES ('m0008_shown_links', 1796014650);
INSERT INTO public.seaql_migrations VALUES ('m0009_companies', 1796014650);
INSERT INTO public.seaql_migrations VALUES ('m0010_activity_search', 1796014650);
INSERT INTO public.seaql_migrations VALUES ('m0011_linked_companies', 1796014650);
INSERT INTO public.seaql_migrations VALUES ('m0012_batches', 1796014650);


--
-- Data for Name: sessions; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: tries; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.tries VALUES ('01a20c0a-3fc0-7d2a-a845-dba329383c38', 1, 1795498330000, 'accepted', NULL, 'body', 250, '2.0.0 Ok: queued');
INSERT INTO public.tries VALUES ('01a20d53-d6c0-75ce-8365-6e186880c39c', 1, 1795519930000, 'accepted', NULL, 'body', 250, '2.0.0 Ok: queued');
INSERT INTO public.tries VALUES ('01a20d8a-c540-713f-a3a2-c937f1cacdab', 2, 1795523858000, 'deferred', 1795528028000, 'recipient', 452, '4.2.2 mailbox full');
INSERT INTO public.tries VALUES ('01a20d1c-e840-7b6d-ad08-6c6d55504132', 1, 1795516330000, 'refused', NULL, 'recipient', 550, '5.1.1 no such user here');
INSERT INTO public.tries VALUES ('01a20caf-0b40-78d0-92ec-95394a65e522', 1, 1795509130000, 'accepted', NULL, 'body', 250, '2.0.0 Ok: queued');
INSERT INTO public.tries VALUES ('01a2052c-6fc0-7f21-bf62-240309c6569e', 1, 1795383130000, 'accepted', NULL, 'body', 250, '2.0.0 Ok: queued');
INSERT INTO public.tries VALUES ('01a20c78-1cc0-72e1-babe-e63f34fe7d67', 1, 1795505530000, 'accepted', NULL, 'body', 250, '2.0.0 Ok: queued');
INSERT INTO public.tries VALUES ('01a20c41-2e40-78f4-a71e-026458be432c', 1, 1795501930000, 'accepted', NULL, 'body', 250, '2.0.0 Ok: queued');
INSERT INTO public.tries VALUES ('01a20bd3-5140-7cfe-af82-949b023ef99b', 1, 1795494730000, 'accepted', NULL, 'body', 250, '2.0.0 Ok: queued');
INSERT INTO public.tries VALUES ('01a20d8a-c540-7f8a-9c03-df4d255b6ede', 1, 1795523530000, 'accepted', NULL, 'body', 250, '2.0.0 Ok: queued');


--
-- Data for Name: users; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.users VALUES ('01a20dc1-b3c0-71b3-a93c-f629c20ec797', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', 'Ada Admin', 'ada@blueheron.example', 'ada@blueheron.example', 'ada admin ada@blueheron.example', 'ada adminada admin', 'administrator', '$argon2id$v=19$m=19456,t=2,p=1$kI4gMS8Nyw0xyH4PE8IMrQ$FIyBh18Ti9DOjs6GGCy+4CS6Wgs4Zpu0J379M207THA', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-78ee-b66d-332b1868c6a2', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', 'Max Manager', 'max@blueheron.example', 'max@blueheron.example', 'max manager max@blueheron.example', 'max managermax manager', 'manager', '$argon2id$v=19$m=19456,t=2,p=1$kI4gMS8Nyw0xyH4PE8IMrQ$FIyBh18Ti9DOjs6GGCy+4CS6Wgs4Zpu0J379M207THA', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7cb0-bd68-df7d41d20f30', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', 'Uma User', 'uma@blueheron.example', 'uma@blueheron.example', 'uma user uma@blueheron.example', 'uma useruma user', 'user', '$argon2id$v=19$m=19456,t=2,p=1$kI4gMS8Nyw0xyH4PE8IMrQ$FIyBh18Ti9DOjs6GGCy+4CS6Wgs4Zpu0J379M207THA', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-742e-bd7c-2d4f1c1cb43d', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', 'Rob Reader', 'rob@blueheron.example', 'rob@blueheron.example', 'rob reader rob@blueheron.example', 'rob readerrob reader', 'read-only', '$argon2id$v=19$m=19456,t=2,p=1$kI4gMS8Nyw0xyH4PE8IMrQ$FIyBh18Ti9DOjs6GGCy+4CS6Wgs4Zpu0J379M207THA', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7619-a527-9ba9b325ad57', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', 'Ivy Invited', 'ivy@blueheron.example', 'ivy@blueheron.example', 'ivy invited ivy@blueheron.example', 'ivy invitedivy invited', 'user', NULL, NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-75bc-b87a-9546d73f3a36', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', 'Del Deleted', 'del@blueheron.example', 'del@blueheron.example', 'del deleted del@blueheron.example', 'del deleteddel deleted', 'user', NULL, NULL, 1795527128000, NULL, 1795527128000);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-773c-a33a-8ed8145f0d41', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', 'Agnes Lindqvist', 'person01@blueheron.example', 'person01@blueheron.example', 'agnes lindqvist person01@blueheron.example', 'agnes lindqvistagnes lindqvist', 'manager', '$argon2id$v=19$m=19456,t=2,p=1$kI4gMS8Nyw0xyH4PE8IMrQ$FIyBh18Ti9DOjs6GGCy+4CS6Wgs4Zpu0J379M207THA', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-711b-b47c-031292a97508', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', 'Ágnes Szabó', 'person02@blueheron.example', 'person02@blueheron.example', 'agnes szabo person02@blueheron.example', 'agnes szaboágnes szabó', 'user', '$argon2id$v=19$m=19456,t=2,p=1$kI4gMS8Nyw0xyH4PE8IMrQ$FIyBh18Ti9DOjs6GGCy+4CS6Wgs4Zpu0J379M207THA', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7b8b-826c-11626403157d', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', 'Amara Okafor', 'person03@blueheron.example', 'person03@blueheron.example', 'amara okafor person03@blueheron.example', 'amara okaforamara okafor', 'user', '$argon2id$v=19$m=19456,t=2,p=1$kI4gMS8Nyw0xyH4PE8IMrQ$FIyBh18Ti9DOjs6GGCy+4CS6Wgs4Zpu0J379M207THA', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7556-97be-46a7d79a1538', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', 'Anton Weiss', 'person04@blueheron.example', 'person04@blueheron.example', 'anton weiss person04@blueheron.example', 'anton weissanton weiss', 'user', '$argon2id$v=19$m=19456,t=2,p=1$kI4gMS8Nyw0xyH4PE8IMrQ$FIyBh18Ti9DOjs6GGCy+4CS6Wgs4Zpu0J379M207THA', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7725-a564-83464ef355b6', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', 'Beatriz Moura', 'person05@blueheron.example', 'person05@blueheron.example', 'beatriz moura person05@blueheron.example', 'beatriz mourabeatriz moura', 'user', '$argon2id$v=19$m=19456,t=2,p=1$kI4gMS8Nyw0xyH4PE8IMrQ$FIyBh18Ti9DOjs6GGCy+4CS6Wgs4Zpu0J379M207THA', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7829-9ce3-a34432b00752', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', 'Bo Chen', 'person06@blueheron.example', 'person06@blueheron.example', 'bo chen person06@blueheron.example', 'bo chenbo chen', 'user', '$argon2id$v=19$m=19456,t=2,p=1$kI4gMS8Nyw0xyH4PE8IMrQ$FIyBh18Ti9DOjs6GGCy+4CS6Wgs4Zpu0J379M207THA', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7900-a439-aaad15f81373', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', 'Carla Rossi', 'person07@blueheron.example', 'person07@blueheron.example', 'carla rossi person07@blueheron.example', 'carla rossicarla rossi', 'user', '$argon2id$v=19$m=19456,t=2,p=1$kI4gMS8Nyw0xyH4PE8IMrQ$FIyBh18Ti9DOjs6GGCy+4CS6Wgs4Zpu0J379M207THA', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7b8d-95f2-33b9f4f50f89', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', 'Cy Diaz', 'person08@blueheron.example', 'person08@blueheron.example', 'cy diaz person08@blueheron.example', 'cy diazcy diaz', 'user', '$argon2id$v=19$m=19456,t=2,p=1$kI4gMS8Nyw0xyH4PE8IMrQ$FIyBh18Ti9DOjs6GGCy+4CS6Wgs4Zpu0J379M207THA', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7075-b0c0-b00870c8c652', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', 'Dana Levi', 'person09@blueheron.example', 'person09@blueheron.example', 'dana levi person09@blueheron.example', 'dana levidana levi', 'user', '$argon2id$v=19$m=19456,t=2,p=1$kI4gMS8Nyw0xyH4PE8IMrQ$FIyBh18Ti9DOjs6GGCy+4CS6Wgs4Zpu0J379M207THA', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-76ec-8012-3cdb4a204788', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', 'Dmitri Volkov', 'person10@blueheron.example', 'person10@blueheron.example', 'dmitri volkov person10@blueheron.example', 'dmitri volkovdmitri volkov', 'read-only', '$argon2id$v=19$m=19456,t=2,p=1$kI4gMS8Nyw0xyH4PE8IMrQ$FIyBh18Ti9DOjs6GGCy+4CS6Wgs4Zpu0J379M207THA', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7880-87cd-d7679b63aa25', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', 'Elif Kaya', 'person11@blueheron.example', 'person11@blueheron.example', 'elif kaya person11@blueheron.example', 'elif kayaelif kaya', 'manager', '$argon2id$v=19$m=19456,t=2,p=1$kI4gMS8Nyw0xyH4PE8IMrQ$FIyBh18Ti9DOjs6GGCy+4CS6Wgs4Zpu0J379M207THA', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7bb9-8681-ac4bc6e53123', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', 'Emil Nowak', 'person12@blueheron.example', 'person12@blueheron.example', 'emil nowak person12@blueheron.example', 'emil nowakemil nowak', 'user', '$argon2id$v=19$m=19456,t=2,p=1$kI4gMS8Nyw0xyH4PE8IMrQ$FIyBh18Ti9DOjs6GGCy+4CS6Wgs4Zpu0J379M207THA', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7bcf-802c-2b21af20d246', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', 'Farah Haddad', 'person13@blueheron.example', 'person13@blueheron.example', 'farah haddad person13@blueheron.example', 'farah haddadfarah haddad', 'user', '$argon2id$v=19$m=19456,t=2,p=1$kI4gMS8Nyw0xyH4PE8IMrQ$FIyBh18Ti9DOjs6GGCy+4CS6Wgs4Zpu0J379M207THA', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-79a0-926d-f8788a2ea9f8', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', 'Felix Braun', 'person14@blueheron.example', 'person14@blueheron.example', 'felix braun person14@blueheron.example', 'felix braunfelix braun', 'user', '$argon2id$v=19$m=19456,t=2,p=1$kI4gMS8Nyw0xyH4PE8IMrQ$FIyBh18Ti9DOjs6GGCy+4CS6Wgs4Zpu0J379M207THA', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7177-94cc-09b1b35d131a', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', 'Gita Sharma', 'person15@blueheron.example', 'person15@blueheron.example', 'gita sharma person15@blueheron.example', 'gita sharmagita sharma', 'user', '$argon2id$v=19$m=19456,t=2,p=1$kI4gMS8Nyw0xyH4PE8IMrQ$FIyBh18Ti9DOjs6GGCy+4CS6Wgs4Zpu0J379M207THA', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-75c7-a604-e19a4660a14a', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', 'Hana Suzuki', 'person16@blueheron.example', 'person16@blueheron.example', 'hana suzuki person16@blueheron.example', 'hana suzukihana suzuki', 'user', '$argon2id$v=19$m=19456,t=2,p=1$kI4gMS8Nyw0xyH4PE8IMrQ$FIyBh18Ti9DOjs6GGCy+4CS6Wgs4Zpu0J379M207THA', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-76fe-92a0-7f71ba492044', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', 'Hugo Lefèvre', 'person17@blueheron.example', 'person17@blueheron.example', 'hugo lefevre person17@blueheron.example', 'hugo lefevrehugo lefèvre', 'user', '$argon2id$v=19$m=19456,t=2,p=1$kI4gMS8Nyw0xyH4PE8IMrQ$FIyBh18Ti9DOjs6GGCy+4CS6Wgs4Zpu0J379M207THA', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7cd0-abf8-e0b4dfaeceed', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', 'Ines Castro', 'person18@blueheron.example', 'person18@blueheron.example', 'ines castro person18@blueheron.example', 'ines castroines castro', 'user', '$argon2id$v=19$m=19456,t=2,p=1$kI4gMS8Nyw0xyH4PE8IMrQ$FIyBh18Ti9DOjs6GGCy+4CS6Wgs4Zpu0J379M207THA', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7b4f-9b99-ae082a0e7e84', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', 'Jonas Berg', 'person19@blueheron.example', 'person19@blueheron.example', 'jonas berg person19@blueheron.example', 'jonas bergjonas berg', 'user', '$argon2id$v=19$m=19456,t=2,p=1$kI4gMS8Nyw0xyH4PE8IMrQ$FIyBh18Ti9DOjs6GGCy+4CS6Wgs4Zpu0J379M207THA', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7cee-aceb-6dde9b6f1d3a', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', 'Jun Park', 'person20@blueheron.example', 'person20@blueheron.example', 'jun park person20@blueheron.example', 'jun parkjun park', 'read-only', '$argon2id$v=19$m=19456,t=2,p=1$kI4gMS8Nyw0xyH4PE8IMrQ$FIyBh18Ti9DOjs6GGCy+4CS6Wgs4Zpu0J379M207THA', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-77d0-bf20-3faec5c1c8dc', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', 'Kofi Mensah', 'person21@blueheron.example', 'person21@blueheron.example', 'kofi mensah person21@blueheron.example', 'kofi mensahkofi mensah', 'manager', '$argon2id$v=19$m=19456,t=2,p=1$kI4gMS8Nyw0xyH4PE8IMrQ$FIyBh18Ti9DOjs6GGCy+4CS6Wgs4Zpu0J379M207THA', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7e5a-bd4a-f3f8f2eba7a5', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', 'Lena Fischer', 'person22@blueheron.example', 'person22@blueheron.example', 'lena fischer person22@blueheron.example', 'lena fischerlena fischer', 'user', '$argon2id$v=19$m=19456,t=2,p=1$kI4gMS8Nyw0xyH4PE8IMrQ$FIyBh18Ti9DOjs6GGCy+4CS6Wgs4Zpu0J379M207THA', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-70a5-b683-1f71b64b430d', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', 'Liam O''Brien', 'person23@blueheron.example', 'person23@blueheron.example', 'liam o''brien person23@blueheron.example', 'liam o''brienliam o''brien', 'user', '$argon2id$v=19$m=19456,t=2,p=1$kI4gMS8Nyw0xyH4PE8IMrQ$FIyBh18Ti9DOjs6GGCy+4CS6Wgs4Zpu0J379M207THA', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-73a7-8318-ad54f591f338', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', 'Łukasz Zając', 'person24@blueheron.example', 'person24@blueheron.example', 'łukasz zajac person24@blueheron.example', 'łukasz zajacłukasz zając', 'user', '$argon2id$v=19$m=19456,t=2,p=1$kI4gMS8Nyw0xyH4PE8IMrQ$FIyBh18Ti9DOjs6GGCy+4CS6Wgs4Zpu0J379M207THA', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-738a-8839-c238d2aa1df1', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', 'Mara Jovanović', 'person25@blueheron.example', 'person25@blueheron.example', 'mara jovanovic person25@blueheron.example', 'mara jovanovicmara jovanović', 'user', '$argon2id$v=19$m=19456,t=2,p=1$kI4gMS8Nyw0xyH4PE8IMrQ$FIyBh18Ti9DOjs6GGCy+4CS6Wgs4Zpu0J379M207THA', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7ba1-ad2a-7525671ea648', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', 'Mei Lin', 'person26@blueheron.example', 'person26@blueheron.example', 'mei lin person26@blueheron.example', 'mei linmei lin', 'user', '$argon2id$v=19$m=19456,t=2,p=1$kI4gMS8Nyw0xyH4PE8IMrQ$FIyBh18Ti9DOjs6GGCy+4CS6Wgs4Zpu0J379M207THA', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-712d-8010-dc825823fe9e', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', 'Milo 100% Kern', 'person27@blueheron.example', 'person27@blueheron.example', 'milo 100% kern person27@blueheron.example', 'milo 100% kernmilo 100% kern', 'user', '$argon2id$v=19$m=19456,t=2,p=1$kI4gMS8Nyw0xyH4PE8IMrQ$FIyBh18Ti9DOjs6GGCy+4CS6Wgs4Zpu0J379M207THA', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-784b-87d5-e2429c61adb4', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', 'Nadia Petrova', 'person28@blueheron.example', 'person28@blueheron.example', 'nadia petrova person28@blueheron.example', 'nadia petrovanadia petrova', 'user', '$argon2id$v=19$m=19456,t=2,p=1$kI4gMS8Nyw0xyH4PE8IMrQ$FIyBh18Ti9DOjs6GGCy+4CS6Wgs4Zpu0J379M207THA', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7c23-8643-52164b8ebc1a', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', 'Noor al-Sayed', 'person29@blueheron.example', 'person29@blueheron.example', 'noor al-sayed person29@blueheron.example', 'noor al-sayednoor al-sayed', 'user', '$argon2id$v=19$m=19456,t=2,p=1$kI4gMS8Nyw0xyH4PE8IMrQ$FIyBh18Ti9DOjs6GGCy+4CS6Wgs4Zpu0J379M207THA', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-761c-ae5e-a9bc86203665', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', 'Olga Ivanova', 'person30@blueheron.example', 'person30@blueheron.example', 'olga ivanova person30@blueheron.example', 'olga ivanovaolga ivanova', 'read-only', '$argon2id$v=19$m=19456,t=2,p=1$kI4gMS8Nyw0xyH4PE8IMrQ$FIyBh18Ti9DOjs6GGCy+4CS6Wgs4Zpu0J379M207THA', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7953-a027-e65623109ac3', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', 'Oskar Under_Score', 'person31@blueheron.example', 'person31@blueheron.example', 'oskar under_score person31@blueheron.example', 'oskar under_scoreoskar under_score', 'manager', '$argon2id$v=19$m=19456,t=2,p=1$kI4gMS8Nyw0xyH4PE8IMrQ$FIyBh18Ti9DOjs6GGCy+4CS6Wgs4Zpu0J379M207THA', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7547-8316-4b04a6e80d5d', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', 'Pablo Ruiz', 'person32@blueheron.example', 'person32@blueheron.example', 'pablo ruiz person32@blueheron.example', 'pablo ruizpablo ruiz', 'user', '$argon2id$v=19$m=19456,t=2,p=1$kI4gMS8Nyw0xyH4PE8IMrQ$FIyBh18Ti9DOjs6GGCy+4CS6Wgs4Zpu0J379M207THA', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-719d-8972-2e93b9cbca80', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', 'Priya Nair', 'person33@blueheron.example', 'person33@blueheron.example', 'priya nair person33@blueheron.example', 'priya nairpriya nair', 'user', '$argon2id$v=19$m=19456,t=2,p=1$kI4gMS8Nyw0xyH4PE8IMrQ$FIyBh18Ti9DOjs6GGCy+4CS6Wgs4Zpu0J379M207THA', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-73cc-bbc6-69add01adffb', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', 'Rafael Souza', 'person34@blueheron.example', 'person34@blueheron.example', 'rafael souza person34@blueheron.example', 'rafael souzarafael souza', 'user', '$argon2id$v=19$m=19456,t=2,p=1$kI4gMS8Nyw0xyH4PE8IMrQ$FIyBh18Ti9DOjs6GGCy+4CS6Wgs4Zpu0J379M207THA', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7713-951e-825e7c05d6da', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', 'Sara Lund', 'person35@blueheron.example', 'person35@blueheron.example', 'sara lund person35@blueheron.example', 'sara lundsara lund', 'user', '$argon2id$v=19$m=19456,t=2,p=1$kI4gMS8Nyw0xyH4PE8IMrQ$FIyBh18Ti9DOjs6GGCy+4CS6Wgs4Zpu0J379M207THA', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7cee-bbd6-1212a66bb357', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', 'Sven Öberg', 'person36@blueheron.example', 'person36@blueheron.example', 'sven oberg person36@blueheron.example', 'sven obergsven öberg', 'user', '$argon2id$v=19$m=19456,t=2,p=1$kI4gMS8Nyw0xyH4PE8IMrQ$FIyBh18Ti9DOjs6GGCy+4CS6Wgs4Zpu0J379M207THA', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7437-b0fb-5469abdaeb3d', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', 'Tomás Silva', 'person37@blueheron.example', 'person37@blueheron.example', 'tomas silva person37@blueheron.example', 'tomas silvatomás silva', 'user', '$argon2id$v=19$m=19456,t=2,p=1$kI4gMS8Nyw0xyH4PE8IMrQ$FIyBh18Ti9DOjs6GGCy+4CS6Wgs4Zpu0J379M207THA', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7e88-9462-4137eb8d8fcc', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', 'Vera Novak', 'person38@blueheron.example', 'person38@blueheron.example', 'vera novak person38@blueheron.example', 'vera novakvera novak', 'user', '$argon2id$v=19$m=19456,t=2,p=1$kI4gMS8Nyw0xyH4PE8IMrQ$FIyBh18Ti9DOjs6GGCy+4CS6Wgs4Zpu0J379M207THA', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7260-b132-d7acfc2e2e26', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', 'Yusuf Demir', 'person39@blueheron.example', 'person39@blueheron.example', 'yusuf demir person39@blueheron.example', 'yusuf demiryusuf demir', 'user', '$argon2id$v=19$m=19456,t=2,p=1$kI4gMS8Nyw0xyH4PE8IMrQ$FIyBh18Ti9DOjs6GGCy+4CS6Wgs4Zpu0J379M207THA', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7bde-92d6-b93c15d14126', '01a20dc1-b3c0-7c2c-ae5f-aa16580dbc8d', 'Zoë Martin', 'person40@blueheron.example', 'person40@blueheron.example', 'zoe martin person40@blueheron.example', 'zoe martinzoë martin', 'read-only', '$argon2id$v=19$m=19456,t=2,p=1$kI4gMS8Nyw0xyH4PE8IMrQ$FIyBh18Ti9DOjs6GGCy+4CS6Wgs4Zpu0J379M207THA', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7758-9b8f-55f29c74e0a6', '01a20dc1-b3c0-7c14-855a-cfc46270c526', 'Quinn Quarry', 'quinn@quarry.example', 'quinn@quarry.example', 'quinn quarry quinn@quarry.example', 'quinn quarryquinn quarry', 'administrator', '$argon2id$v=19$m=19456,t=2,p=1$kI4gMS8Nyw0xyH4PE8IMrQ$FIyBh18Ti9DOjs6GGCy+4CS6Wgs4Zpu0J379M207THA', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7c36-838a-a0f6cdb0d0f6', '01a20dc1-b3c0-7c14-855a-cfc46270c526', 'Rita Slate', 'person01@quarry.example', 'person01@quarry.example', 'rita slate person01@quarry.example', 'rita slaterita slate', 'user', '$argon2id$v=19$m=19456,t=2,p=1$kI4gMS8Nyw0xyH4PE8IMrQ$FIyBh18Ti9DOjs6GGCy+4CS6Wgs4Zpu0J379M207THA', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7b4c-91a0-2561e8a1eb9d', '01a20dc1-b3c0-7c14-855a-cfc46270c526', 'Sam Flint', 'person02@quarry.example', 'person02@quarry.example', 'sam flint person02@quarry.example', 'sam flintsam flint', 'user', '$argon2id$v=19$m=19456,t=2,p=1$kI4gMS8Nyw0xyH4PE8IMrQ$FIyBh18Ti9DOjs6GGCy+4CS6Wgs4Zpu0J379M207THA', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7a40-bbd8-22da12e5d1e3', '01a20dc1-b3c0-7c14-855a-cfc46270c526', 'Tess Marl', 'person03@quarry.example', 'person03@quarry.example', 'tess marl person03@quarry.example', 'tess marltess marl', 'user', '$argon2id$v=19$m=19456,t=2,p=1$kI4gMS8Nyw0xyH4PE8IMrQ$FIyBh18Ti9DOjs6GGCy+4CS6Wgs4Zpu0J379M207THA', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7e26-9a43-6987559227e2', '01a20dc1-b3c0-7c14-855a-cfc46270c526', 'Uli Chalk', 'person04@quarry.example', 'person04@quarry.example', 'uli chalk person04@quarry.example', 'uli chalkuli chalk', 'user', '$argon2id$v=19$m=19456,t=2,p=1$kI4gMS8Nyw0xyH4PE8IMrQ$FIyBh18Ti9DOjs6GGCy+4CS6Wgs4Zpu0J379M207THA', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7fba-8e79-49bba3738c8f', '01a20dc1-b3c0-7c14-855a-cfc46270c526', 'Vic Shale', 'person05@quarry.example', 'person05@quarry.example', 'vic shale person05@quarry.example', 'vic shalevic shale', 'user', '$argon2id$v=19$m=19456,t=2,p=1$kI4gMS8Nyw0xyH4PE8IMrQ$FIyBh18Ti9DOjs6GGCy+4CS6Wgs4Zpu0J379M207THA', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7030-8206-53c9531d0cb4', '01a20dc1-b3c0-7daf-94c5-75f173e0fc78', 'Nils Nord', 'person01@heronnord.example', 'person01@heronnord.example', 'nils nord person01@heronnord.example', 'nils nordnils nord', 'administrator', '$argon2id$v=19$m=19456,t=2,p=1$kI4gMS8Nyw0xyH4PE8IMrQ$FIyBh18Ti9DOjs6GGCy+4CS6Wgs4Zpu0J379M207THA', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7252-82d7-217243f3e904', '01a20dc1-b3c0-7daf-94c5-75f173e0fc78', 'Nora Fjell', 'person02@heronnord.example', 'person02@heronnord.example', 'nora fjell person02@heronnord.example', 'nora fjellnora fjell', 'user', '$argon2id$v=19$m=19456,t=2,p=1$kI4gMS8Nyw0xyH4PE8IMrQ$FIyBh18Ti9DOjs6GGCy+4CS6Wgs4Zpu0J379M207THA', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7f85-b1cd-bfc59c5c6ad6', '01a20dc1-b3c0-7daf-94c5-75f173e0fc78', 'Odd Vik', 'person03@heronnord.example', 'person03@heronnord.example', 'odd vik person03@heronnord.example', 'odd vikodd vik', 'user', '$argon2id$v=19$m=19456,t=2,p=1$kI4gMS8Nyw0xyH4PE8IMrQ$FIyBh18Ti9DOjs6GGCy+4CS6Wgs4Zpu0J379M207THA', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7636-b87b-fa1dec2c5202', '01a20dc1-b3c0-7daf-94c5-75f173e0fc78', 'Pia Sund', 'person04@heronnord.example', 'person04@heronnord.example', 'pia sund person04@heronnord.example', 'pia sundpia sund', 'user', '$argon2id$v=19$m=19456,t=2,p=1$kI4gMS8Nyw0xyH4PE8IMrQ$FIyBh18Ti9DOjs6GGCy+4CS6Wgs4Zpu0J379M207THA', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7a2f-9fe1-21edee2ea8c1', '01a20dc1-b3c0-7daf-94c5-75f173e0fc78', 'Rolf Nes', 'person05@heronnord.example', 'person05@heronnord.example', 'rolf nes person05@heronnord.example', 'rolf nesrolf nes', 'user', '$argon2id$v=19$m=19456,t=2,p=1$kI4gMS8Nyw0xyH4PE8IMrQ$FIyBh18Ti9DOjs6GGCy+4CS6Wgs4Zpu0J379M207THA', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-72cb-a4be-56d26107b4a5', '01a20dc1-b3c0-7daf-94c5-75f173e0fc78', 'Siv Lie', 'person06@heronnord.example', 'person06@heronnord.example', 'siv lie person06@heronnord.example', 'siv liesiv lie', 'user', '$argon2id$v=19$m=19456,t=2,p=1$kI4gMS8Nyw0xyH4PE8IMrQ$FIyBh18Ti9DOjs6GGCy+4CS6Wgs4Zpu0J379M207THA', NULL, 1795527128000, NULL, NULL);


--
-- Name: activity activity_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.activity
    ADD CONSTRAINT activity_pkey PRIMARY KEY (id);


--
-- Name: asks asks_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.asks
    ADD CONSTRAINT asks_pkey PRIMARY KEY (id);


--
-- Name: batch_lines batch_lines_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.batch_lines
    ADD CONSTRAINT batch_lines_pkey PRIMARY KEY (batch_id, line);


--
-- Name: batches batches_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.batches
    ADD CONSTRAINT batches_pkey PRIMARY KEY (id);


--
-- Name: companies companies_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.companies
    ADD CONSTRAINT companies_pkey PRIMARY KEY (id);


--
-- Name: disavowals disavowals_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.disavowals
    ADD CONSTRAINT disavowals_pkey PRIMARY KEY (id);


--
-- Name: email_changes email_changes_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.email_changes
    ADD CONSTRAINT email_changes_pkey PRIMARY KEY (id);


--
-- Name: grants grants_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.grants
    ADD CONSTRAINT grants_pkey PRIMARY KEY (user_id, child_id);


--
-- Name: limits limits_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.limits
    ADD CONSTRAINT limits_pkey PRIMARY KEY (kind, key);


--
-- Name: links links_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.links
    ADD CONSTRAINT links_pkey PRIMARY KEY (hash);


--
-- Name: mails mails_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mails
    ADD CONSTRAINT mails_pkey PRIMARY KEY (id);


--
-- Name: notice_links notice_links_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.notice_links
    ADD CONSTRAINT notice_links_pkey PRIMARY KEY (hash);


--
-- Name: outages outages_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outages
    ADD CONSTRAINT outages_pkey PRIMARY KEY (id);


--
-- Name: resets resets_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.resets
    ADD CONSTRAINT resets_pkey PRIMARY KEY (id);


--
-- Name: seaql_migrations seaql_migrations_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.seaql_migrations
    ADD CONSTRAINT seaql_migrations_pkey PRIMARY KEY (version);


--
-- Name: sessions sessions_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (id);


--
-- Name: tries tries_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tries
    ADD CONSTRAINT tries_pkey PRIMARY KEY (mail_id, attempt);


--
-- Name: users users_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);


--
-- Name: activity_company_id_at_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX activity_company_id_at_id_idx ON public.activity USING btree (company_id, at, id);


--
-- Name: asks_asked_at_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX asks_asked_at_idx ON public.asks USING btree (asked_at);


--
-- Name: batches_id_of_drafts_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX batches_id_of_drafts_idx ON public.batches USING btree (id) WHERE (state = 'draft'::text);


--
-- Name: batches_id_of_open_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX batches_id_of_open_idx ON public.batches USING btree (id) WHERE (state = ANY (ARRAY['pressed'::text, 'revoking'::text]));


--
-- Name: companies_parent_id_id_key; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX companies_parent_id_id_key ON public.companies USING btree (parent_id, id);


--
-- Name: companies_parent_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX companies_parent_id_idx ON public.companies USING btree (parent_id);


--
-- Name: disavowals_company_id_at_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX disavowals_company_id_at_idx ON public.disavowals USING btree (company_id, at);


--
-- Name: disavowals_mail_id_key; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX disavowals_mail_id_key ON public.disavowals USING btree (mail_id);


--
-- Name: disavowals_reset_id_key; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX disavowals_reset_id_key ON public.disavowals USING btree (reset_id);


--
-- Name: email_changes_counts_from_of_confirmed_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX email_changes_counts_from_of_confirmed_idx ON public.email_changes USING btree (counts_from) WHERE ((ended_at IS NULL) AND (confirmed_at IS NOT NULL));


--
-- Name: email_changes_entered_by_entered_at_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX email_changes_entered_by_entered_at_idx ON public.email_changes USING btree (entered_by, entered_at);


--
-- Name: email_changes_old_email_key_entered_at_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX email_changes_old_email_key_entered_at_idx ON public.email_changes USING btree (old_email_key, entered_at);


--
-- Name: email_changes_open_key; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX email_changes_open_key ON public.email_changes USING btree (user_id) WHERE (ended_at IS NULL);


--
-- Name: email_changes_user_id_entered_at_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX email_changes_user_id_entered_at_idx ON public.email_changes USING btree (user_id, entered_at);


--
-- Name: grants_child_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX grants_child_id_idx ON public.grants USING btree (child_id);


--
-- Name: limits_forget_at_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX limits_forget_at_idx ON public.limits USING btree (forget_at);


--
-- Name: links_reset_id_attempt_key; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX links_reset_id_attempt_key ON public.links USING btree (reset_id, attempt);


--
-- Name: mails_company_id_created_at_of_waiting_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX mails_company_id_created_at_of_waiting_idx ON public.mails USING btree (company_id, created_at) WHERE (state = ANY (ARRAY['queued'::text, 'sending'::text, 'deferred'::text]));


--
-- Name: mails_leased_until_of_leased_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX mails_leased_until_of_leased_idx ON public.mails USING btree (leased_until) WHERE (leased_until IS NOT NULL);


--
-- Name: mails_next_try_at_of_waiting_batch_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX mails_next_try_at_of_waiting_batch_idx ON public.mails USING btree (next_try_at) WHERE ((state = ANY (ARRAY['queued'::text, 'deferred'::text])) AND is_of_batch);


--
-- Name: mails_next_try_at_of_waiting_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX mails_next_try_at_of_waiting_idx ON public.mails USING btree (next_try_at) WHERE (state = ANY (ARRAY['queued'::text, 'deferred'::text]));


--
-- Name: mails_next_try_at_of_waiting_single_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX mails_next_try_at_of_waiting_single_idx ON public.mails USING btree (next_try_at) WHERE ((state = ANY (ARRAY['queued'::text, 'deferred'::text])) AND (NOT is_of_batch));


--
-- Name: mails_reset_id_key; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX mails_reset_id_key ON public.mails USING btree (reset_id);


--
-- Name: mails_user_id_created_at_of_changes_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX mails_user_id_created_at_of_changes_idx ON public.mails USING btree (user_id, created_at) WHERE (kind = 'password_changed'::text);


--
-- Name: outages_ended_at_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX outages_ended_at_idx ON public.outages USING btree (ended_at);


--
-- Name: outages_open_key; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX outages_open_key ON public.outages USING btree (((ended_at IS NULL))) WHERE (ended_at IS NULL);


--
-- Name: resets_asked_by_asked_at_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX resets_asked_by_asked_at_idx ON public.resets USING btree (asked_by, asked_at) WHERE (asked_by IS NOT NULL);


--
-- Name: resets_batch_id_asked_at_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX resets_batch_id_asked_at_id_idx ON public.resets USING btree (batch_id, asked_at, id) WHERE (batch_id IS NOT NULL);


--
-- Name: resets_company_id_asked_at_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX resets_company_id_asked_at_id_idx ON public.resets USING btree (company_id, asked_at, id);


--
-- Name: resets_company_id_expires_at_of_living_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX resets_company_id_expires_at_of_living_idx ON public.resets USING btree (company_id, expires_at, asked_at) WHERE (ended_as IS NULL);


--
-- Name: resets_replaced_by_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX resets_replaced_by_idx ON public.resets USING btree (replaced_by) WHERE (replaced_by IS NOT NULL);


--
-- Name: resets_user_id_asked_at_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX resets_user_id_asked_at_id_idx ON public.resets USING btree (user_id, asked_at, id);


--
-- Name: resets_user_id_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX resets_user_id_id_idx ON public.resets USING btree (user_id, id);


--
-- Name: sessions_secret_hash_key; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX sessions_secret_hash_key ON public.sessions USING btree (secret_hash);


--
-- Name: sessions_user_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sessions_user_id_idx ON public.sessions USING btree (user_id);


--
-- Name: users_company_id_id_key; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX users_company_id_id_key ON public.users USING btree (company_id, id);


--
-- Name: users_email_key_of_living_key; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX users_email_key_of_living_key ON public.users USING btree (email_key) WHERE (deleted_at IS NULL);


--
-- Name: users_of_company_by_name_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX users_of_company_by_name_idx ON public.users USING btree (company_id, sort_key, id) WHERE (deleted_at IS NULL);


--
-- Name: activity activity_is_never_changed; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER activity_is_never_changed BEFORE UPDATE ON public.activity FOR EACH ROW EXECUTE FUNCTION public.activity_refuse_update();


--
-- Name: activity activity_company_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.activity
    ADD CONSTRAINT activity_company_id_fkey FOREIGN KEY (company_id) REFERENCES public.companies(id);


--
-- Name: batch_lines batch_lines_batch_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.batch_lines
    ADD CONSTRAINT batch_lines_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES public.batches(id) ON DELETE CASCADE;


--
-- Name: batch_lines batch_lines_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.batch_lines
    ADD CONSTRAINT batch_lines_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);


--
-- Name: batches batches_company_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.batches
    ADD CONSTRAINT batches_company_id_fkey FOREIGN KEY (company_id) REFERENCES public.companies(id);


--
-- Name: batches batches_made_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.batches
    ADD CONSTRAINT batches_made_by_fkey FOREIGN KEY (made_by) REFERENCES public.users(id);


--
-- Name: batches batches_revoked_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.batches
    ADD CONSTRAINT batches_revoked_by_fkey FOREIGN KEY (revoked_by) REFERENCES public.users(id);


--
-- Name: companies companies_parent_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.companies
    ADD CONSTRAINT companies_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES public.companies(id);


--
-- Name: disavowals disavowals_company_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.disavowals
    ADD CONSTRAINT disavowals_company_id_fkey FOREIGN KEY (company_id) REFERENCES public.companies(id);


--
-- Name: disavowals disavowals_mail_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.disavowals
    ADD CONSTRAINT disavowals_mail_id_fkey FOREIGN KEY (mail_id) REFERENCES public.mails(id) ON DELETE CASCADE;


--
-- Name: disavowals disavowals_reset_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.disavowals
    ADD CONSTRAINT disavowals_reset_id_fkey FOREIGN KEY (reset_id) REFERENCES public.resets(id) ON DELETE CASCADE;


--
-- Name: disavowals disavowals_user_of_company_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.disavowals
    ADD CONSTRAINT disavowals_user_of_company_fkey FOREIGN KEY (company_id, user_id) REFERENCES public.users(company_id, id);


--
-- Name: email_changes email_changes_company_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.email_changes
    ADD CONSTRAINT email_changes_company_id_fkey FOREIGN KEY (company_id) REFERENCES public.companies(id);


--
-- Name: email_changes email_changes_entered_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.email_changes
    ADD CONSTRAINT email_changes_entered_by_fkey FOREIGN KEY (entered_by) REFERENCES public.users(id);


--
-- Name: email_changes email_changes_user_of_company_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.email_changes
    ADD CONSTRAINT email_changes_user_of_company_fkey FOREIGN KEY (company_id, user_id) REFERENCES public.users(company_id, id);


--
-- Name: grants grants_child_of_company_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.grants
    ADD CONSTRAINT grants_child_of_company_fkey FOREIGN KEY (company_id, child_id) REFERENCES public.companies(parent_id, id);


--
-- Name: grants grants_user_of_company_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.grants
    ADD CONSTRAINT grants_user_of_company_fkey FOREIGN KEY (company_id, user_id) REFERENCES public.users(company_id, id);


--
-- Name: links links_reset_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.links
    ADD CONSTRAINT links_reset_id_fkey FOREIGN KEY (reset_id) REFERENCES public.resets(id) ON DELETE CASCADE;


--
-- Name: mails mails_company_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mails
    ADD CONSTRAINT mails_company_id_fkey FOREIGN KEY (company_id) REFERENCES public.companies(id);


--
-- Name: mails mails_reset_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mails
    ADD CONSTRAINT mails_reset_id_fkey FOREIGN KEY (reset_id) REFERENCES public.resets(id) ON DELETE CASCADE;


--
-- Name: mails mails_user_of_company_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mails
    ADD CONSTRAINT mails_user_of_company_fkey FOREIGN KEY (company_id, user_id) REFERENCES public.users(company_id, id);


--
-- Name: notice_links notice_links_mail_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.notice_links
    ADD CONSTRAINT notice_links_mail_id_fkey FOREIGN KEY (mail_id) REFERENCES public.mails(id) ON DELETE CASCADE;


--
-- Name: resets resets_asked_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.resets
    ADD CONSTRAINT resets_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES public.users(id);


--
-- Name: resets resets_batch_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.resets
    ADD CONSTRAINT resets_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES public.batches(id);


--
-- Name: resets resets_company_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.resets
    ADD CONSTRAINT resets_company_id_fkey FOREIGN KEY (company_id) REFERENCES public.companies(id);


--
-- Name: resets resets_ended_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.resets
    ADD CONSTRAINT resets_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES public.users(id);


--
-- Name: resets resets_replaced_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.resets
    ADD CONSTRAINT resets_replaced_by_fkey FOREIGN KEY (replaced_by) REFERENCES public.resets(id);


--
-- Name: resets resets_user_of_company_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.resets
    ADD CONSTRAINT resets_user_of_company_fkey FOREIGN KEY (company_id, user_id) REFERENCES public.users(company_id, id);


--
-- Name: sessions sessions_company_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_company_id_fkey FOREIGN KEY (company_id) REFERENCES public.companies(id);


--
-- Name: sessions sessions_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;


--
-- Name: tries tries_mail_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tries
    ADD CONSTRAINT tries_mail_id_fkey FOREIGN KEY (mail_id) REFERENCES public.mails(id) ON DELETE CASCADE;


--
-- Name: users users_company_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_company_id_fkey FOREIGN KEY (company_id) REFERENCES public.companies(id);


--
-- PostgreSQL database dump complete
--

\unrestrict vyNexcE6nfWmPgtdICkhdgbBMAdIbZcqjUjCWq5AjWzdmEb3fMUhM7DCNMPfAUX

