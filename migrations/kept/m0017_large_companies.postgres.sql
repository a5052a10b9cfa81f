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

\restrict PTBC7xbRaGmYbbb2zNiSbp0xuY5yu5Gxx3f16fJSG3tzFkOQW8cqYE8SQ1vuzT2

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


--
-- Name: mails_refuse_revival(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.mails_refuse_revival() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
             BEGIN
               IF OLD.state = 'refused' AND NEW.state = 'deferred'
                  AND EXISTS (SELECT 1 FROM outages WHERE ended_at IS NULL) THEN RETURN NEW; END IF;
               RAISE EXCEPTION 'a settled mail stays settled';
             END $$;


--
-- Name: trigrams_of(text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.trigrams_of(words text) RETURNS text[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ SELECT COALESCE(array_agg(DISTINCT substr(words, at, 3)), '{}') FROM generate_series(1, length(words) - 2) AS at $$;


--
-- Name: users_note_newest_reset(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.users_note_newest_reset() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN UPDATE users SET last_reset_at = NEW.asked_at WHERE id = NEW.user_id AND last_reset_at < NEW.asked_at; RETURN NULL; END $$;


--
-- Name: users_refuse_forgetting(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.users_refuse_forgetting() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                 BEGIN RAISE EXCEPTION 'that there was a password is never forgotten'; END $$;


SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: activity; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.activity (
    id uuid NOT NULL,
    company_id uuid,
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
    times integer DEFAULT 1 NOT NULL,
    repeat_key text COLLATE pg_catalog."C",
    CONSTRAINT activity_actor_kind_check CHECK ((actor_kind = ANY (ARRAY['user'::text, 'operator'::text, 'recipient'::text, 'system'::text]))),
    CONSTRAINT activity_company_check CHECK (((company_id IS NOT NULL) OR (repeat_key IS NOT NULL))),
    CONSTRAINT activity_outcome_check CHECK ((outcome = ANY (ARRAY['granted'::text, 'refused'::text]))),
    CONSTRAINT activity_times_check CHECK (((times = 1) OR ((times > 1) AND (repeat_key IS NOT NULL))))
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
    notice_id uuid,
    restores boolean DEFAULT false NOT NULL,
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
    CONSTRAINT limits_kind_check CHECK ((kind = ANY (ARRAY['ask_email'::text, 'ask_client'::text, 'sign_in_email'::text, 'sign_in_client'::text, 'taken_email'::text, 'invitations'::text])))
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
    has_had_password boolean DEFAULT true NOT NULL,
    role_rank integer GENERATED ALWAYS AS (
CASE role
    WHEN 'administrator'::text THEN 0
    WHEN 'manager'::text THEN 1
    WHEN 'user'::text THEN 2
    ELSE 3
END) STORED,
    status_rank integer GENERATED ALWAYS AS (
CASE
    WHEN (deleted_at IS NOT NULL) THEN 2
    WHEN (password_hash IS NULL) THEN 1
    ELSE 0
END) STORED,
    is_deleted integer GENERATED ALWAYS AS (
CASE
    WHEN (deleted_at IS NULL) THEN 0
    ELSE 1
END) STORED,
    signed_in_rank bigint GENERATED ALWAYS AS (COALESCE(last_sign_in_at, (0)::bigint)) STORED,
    search_words text GENERATED ALWAYS AS (('  '::text || replace(replace(replace(replace(replace(replace(search_key, ' '::text, '  '::text), '.'::text, '.  '::text), '-'::text, '-  '::text), '@'::text, '@  '::text), '_'::text, '_  '::text), '+'::text, '+  '::text))) STORED COLLATE pg_catalog."C",
    last_reset_at bigint DEFAULT 0 NOT NULL,
    CONSTRAINT users_deleted_without_password_check CHECK (((deleted_at IS NULL) OR (password_hash IS NULL))),
    CONSTRAINT users_has_had_password_check CHECK (((password_hash IS NULL) OR has_had_password)),
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

INSERT INTO public.companies VALUES ('01a20dc1-b3c0-72a6-9ad5-8464545258b3', NULL, 'Blue Heron Logistics', 'blue heron logistics', 'blue heron logisticsblue heron logistics', NULL, '+49 30 5550 100', 'it@blueheronlogistics.example', 'Europe/Berlin', 1795527128000, NULL, 'blue', NULL, false, 0);
INSERT INTO public.companies VALUES ('01a20dc1-b3c0-73f0-b552-3ea696a1bd8c', NULL, 'Quarry Foods', 'quarry foods', 'quarry foodsquarry foods', NULL, '+49 30 5550 100', 'it@quarryfoods.example', 'Europe/Berlin', 1795527128000, NULL, 'blue', NULL, false, 0);
INSERT INTO public.companies VALUES ('01a20dc1-b3c0-7ec8-84f4-2d91b541fb4f', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', 'Heron Nord', 'heron nord', 'heron nordheron nord', NULL, '+49 30 5550 100', 'it@heronnord.example', 'Europe/Berlin', 1795527128000, NULL, 'blue', NULL, false, 0);


--
-- Data for Name: disavowals; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: email_changes; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: grants; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.grants VALUES ('01a20dc1-b3c0-73e3-bf7c-9d95d16276e2', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', '01a20dc1-b3c0-7ec8-84f4-2d91b541fb4f', 1795527128000);


--
-- Data for Name: limits; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: links; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.links VALUES ('\x0896f7e68ac4075ec87df17d4a49b344460cfd09d68b277a5cd742d405190842', '01a20c0a-3fc0-751b-a59b-626ba21f26d6', 1, 1795498329000);
INSERT INTO public.links VALUES ('\x447f6d2381605d209d42a6a50280a485036ef018612b133bd8d522db70f27dca', '01a20d53-d6c0-7737-93cb-9066f188df5f', 1, 1795519929000);
INSERT INTO public.links VALUES ('\x4ae83978c7f0bbb24a7b75e93ab4c36f5108d52d7bf88f87bda412769c9bb9f6', '01a20d8a-c540-754b-9893-2714e4e97987', 1, 1795523529000);
INSERT INTO public.links VALUES ('\x598f5083571864ae832196a826de9abbd7c00a9feaa8e6ebbb2531551ccd2a4b', '01a20d8a-c540-754b-9893-2714e4e97987', 2, 1795523857000);
INSERT INTO public.links VALUES ('\xd49aa31eb1d8ff5827b1c0173097c3632a39d063d9b5b80f727a6be8167d1339', '01a20d1c-e840-7c1e-a682-5b3206a5db85', 1, 1795516329000);
INSERT INTO public.links VALUES ('\x9fff96436eebd9e1eb959ce13d236733f1390c027e19885cb25d9a5cebae3464', '01a20caf-0b40-784d-9a8e-e3e428c2495d', 1, 1795509129000);
INSERT INTO public.links VALUES ('\x10a35a50e044358c69d8d8a9ed13c0ab36234af1668bbafd80d17074e85183ff', '01a2052c-6fc0-71fa-b335-ae1457753d6a', 1, 1795383129000);
INSERT INTO public.links VALUES ('\xa9e381cf50aa23b1642116ee6c01398d852a646290bb86b79b864f3a5e20457e', '01a20c78-1cc0-7cb9-a27c-2d6d012b0d10', 1, 1795505529000);
INSERT INTO public.links VALUES ('\xbdb311df6b676b3097d13a34c759577113253ed9086b338c9bcab4a643d1554e', '01a20c41-2e40-738c-8d90-44bba4e8ae6f', 1, 1795501929000);
INSERT INTO public.links VALUES ('\xd575363ee9ae0072a4c41cc8bba1e4af0622ec0a02f0c65cec49bd3f4862c773', '01a20bd3-5140-73ae-9db9-9889bae78369', 1, 1795494729000);
INSERT INTO public.links VALUES ('\x5b37aea9fecc1dec19483f0d41718a5a6638e0952ccbf22aec19e5ca6c3c7e21', '01a20d8a-c540-7612-b996-bf149c7b4bd1', 1, 1795523529000);


--
-- Data for Name: mails; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.mails VALUES ('01a20c0a-3fc0-7cc3-b8cd-1f7cadd37dae', 'reset', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', '01a20dc1-b3c0-7a8c-a88f-350dfe3151c2', '01a20c0a-3fc0-751b-a59b-626ba21f26d6', 'ivy@blueheron.example', 'accepted', 1, 1795498328000, 1795528028000, 1795757528000, NULL, 1795498330000, 'body', 250, '2.0.0 Ok: queued', NULL, false);
INSERT INTO public.mails VALUES ('01a20d53-d6c0-780f-9ee4-1eb8903ec665', 'reset', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', '01a20dc1-b3c0-7204-b8ee-308c2eb8b0a8', '01a20d53-d6c0-7737-93cb-9066f188df5f', 'person01@blueheron.example', 'accepted', 1, 1795519928000, 1795528028000, 1795606328000, NULL, 1795519930000, 'body', 250, '2.0.0 Ok: queued', NULL, false);
INSERT INTO public.mails VALUES ('01a20d8a-c540-710a-a97d-f09db4149569', 'reset', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', '01a20dc1-b3c0-799c-82a4-936739cdfd4d', '01a20d8a-c540-754b-9893-2714e4e97987', 'person02@blueheron.example', 'deferred', 2, 1795523528000, 1795528028000, 1795609928000, NULL, NULL, 'recipient', 452, '4.2.2 mailbox full', NULL, false);
INSERT INTO public.mails VALUES ('01a20d1c-e840-75d3-a80f-d22d6f0a015f', 'reset', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', '01a20dc1-b3c0-7283-94dd-0e6721da248f', '01a20d1c-e840-7c1e-a682-5b3206a5db85', 'person03@blueheron.example', 'refused', 1, 1795516328000, 1795528028000, 1795602728000, NULL, 1795516330000, 'recipient', 550, '5.1.1 no such user here', NULL, false);
INSERT INTO public.mails VALUES ('01a20caf-0b40-7298-9e61-05d3cc55cdc4', 'reset', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', '01a20dc1-b3c0-7d03-bb33-f5155118e7bd', '01a20caf-0b40-784d-9a8e-e3e428c2495d', 'person04@blueheron.example', 'accepted', 1, 1795509128000, 1795528028000, 1795595528000, NULL, 1795509130000, 'body', 250, '2.0.0 Ok: queued', NULL, false);
INSERT INTO public.mails VALUES ('01a2052c-6fc0-72c6-9d77-adfaa8cb0e02', 'reset', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', '01a20dc1-b3c0-760c-a2b8-3d56abadc41a', '01a2052c-6fc0-71fa-b335-ae1457753d6a', 'person05@blueheron.example', 'accepted', 1, 1795383128000, 1795528028000, 1795469528000, NULL, 1795383130000, 'body', 250, '2.0.0 Ok: queued', NULL, false);
INSERT INTO public.mails VALUES ('01a20c78-1cc0-7798-9147-bfd3b92f91f5', 'reset', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', '01a20dc1-b3c0-7395-b076-4bb59ed2c62d', '01a20c78-1cc0-7cb9-a27c-2d6d012b0d10', 'person06@blueheron.example', 'accepted', 1, 1795505528000, 1795528028000, 1795591928000, NULL, 1795505530000, 'body', 250, '2.0.0 Ok: queued', NULL, false);
INSERT INTO public.mails VALUES ('01a20c41-2e40-7355-b30f-a990adb2ec73', 'reset', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', '01a20dc1-b3c0-7f23-979a-2136caa38af0', '01a20c41-2e40-738c-8d90-44bba4e8ae6f', 'person07@blueheron.example', 'accepted', 1, 1795501928000, 1795528028000, 1795588328000, NULL, 1795501930000, 'body', 250, '2.0.0 Ok: queued', NULL, false);
INSERT INTO public.mails VALUES ('01a20bd3-5140-7f86-832f-61a50f0a53be', 'reset', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', '01a20dc1-b3c0-7e52-b05f-6399e0882ff1', '01a20bd3-5140-73ae-9db9-9889bae78369', 'person08@blueheron.example', 'accepted', 1, 1795494728000, 1795528028000, 1795581128000, NULL, 1795494730000, 'body', 250, '2.0.0 Ok: queued', NULL, false);
INSERT INTO public.mails VALUES ('01a20d8a-c540-73c6-8d9e-c3410640e6f9', 'reset', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', '01a20dc1-b3c0-7e52-b05f-6399e0882ff1', '01a20d8a-c540-7612-b996-bf149c7b4bd1', 'person08@blueheron.example', 'accepted', 1, 1795523528000, 1795528028000, 1795609928000, NULL, 1795523530000, 'body', 250, '2.0.0 Ok: queued', NULL, false);


--
-- Data for Name: notice_links; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: outages; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: resets; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.resets VALUES ('01a20c0a-3fc0-751b-a59b-626ba21f26d6', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', '01a20dc1-b3c0-7a8c-a88f-350dfe3151c2', 'invitation', '01a20dc1-b3c0-73e3-bf7c-9d95d16276e2', 1795498328000, 1795757528000, 'QFWA6V', NULL, NULL, NULL, NULL, NULL, NULL, NULL, false, NULL);
INSERT INTO public.resets VALUES ('01a20d53-d6c0-7737-93cb-9066f188df5f', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', '01a20dc1-b3c0-7204-b8ee-308c2eb8b0a8', 'manager', '01a20dc1-b3c0-73e3-bf7c-9d95d16276e2', 1795519928000, 1795606328000, 'U7ZQDC', NULL, NULL, NULL, NULL, NULL, NULL, NULL, false, NULL);
INSERT INTO public.resets VALUES ('01a20d8a-c540-754b-9893-2714e4e97987', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', '01a20dc1-b3c0-799c-82a4-936739cdfd4d', 'manager', '01a20dc1-b3c0-73e3-bf7c-9d95d16276e2', 1795523528000, 1795609928000, '6FAJFY', NULL, NULL, NULL, NULL, NULL, NULL, NULL, false, NULL);
INSERT INTO public.resets VALUES ('01a20d1c-e840-7c1e-a682-5b3206a5db85', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', '01a20dc1-b3c0-7283-94dd-0e6721da248f', 'manager', '01a20dc1-b3c0-73e3-bf7c-9d95d16276e2', 1795516328000, 1795602728000, 'KNSVG2', NULL, NULL, NULL, NULL, NULL, NULL, NULL, false, NULL);
INSERT INTO public.resets VALUES ('01a20caf-0b40-784d-9a8e-e3e428c2495d', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', '01a20dc1-b3c0-7d03-bb33-f5155118e7bd', 'manager', '01a20dc1-b3c0-73e3-bf7c-9d95d16276e2', 1795509128000, 1795595528000, '7QXYCU', NULL, NULL, 'used', 1795510928000, NULL, NULL, NULL, false, NULL);
INSERT INTO public.resets VALUES ('01a2052c-6fc0-71fa-b335-ae1457753d6a', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', '01a20dc1-b3c0-760c-a2b8-3d56abadc41a', 'manager', '01a20dc1-b3c0-73e3-bf7c-9d95d16276e2', 1795383128000, 1795469528000, 'XH56QU', NULL, NULL, NULL, NULL, NULL, NULL, NULL, false, NULL);
INSERT INTO public.resets VALUES ('01a20c78-1cc0-7cb9-a27c-2d6d012b0d10', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', '01a20dc1-b3c0-7395-b076-4bb59ed2c62d', 'manager', '01a20dc1-b3c0-73e3-bf7c-9d95d16276e2', 1795505528000, 1795591928000, 'RWJ9AE', NULL, NULL, 'revoked', 1795507328000, NULL, NULL, NULL, false, NULL);
INSERT INTO public.resets VALUES ('01a20c41-2e40-738c-8d90-44bba4e8ae6f', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', '01a20dc1-b3c0-7f23-979a-2136caa38af0', 'manager', '01a20dc1-b3c0-73e3-bf7c-9d95d16276e2', 1795501928000, 1795588328000, 'LELHPZ', NULL, NULL, 'cancelled', 1795503728000, NULL, NULL, NULL, false, NULL);
INSERT INTO public.resets VALUES ('01a20d8a-c540-7612-b996-bf149c7b4bd1', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', '01a20dc1-b3c0-7e52-b05f-6399e0882ff1', 'manager', '01a20dc1-b3c0-73e3-bf7c-9d95d16276e2', 1795523528000, 1795609928000, 'KMJWRT', NULL, NULL, NULL, NULL, NULL, NULL, NULL, false, NULL);
INSERT INTO public.resets VALUES ('01a20bd3-5140-73ae-9db9-9889bae78369', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', '01a20dc1-b3c0-7e52-b05f-6399e0882ff1', 'manager', '01a20dc1-b3c0-73e3-bf7c-9d95d16276e2', 1795494728000, 1795581128000, 'EY58W8', NULL, NULL, 'replaced', 1795523528000, NULL, '01a20d8a-c540-7612-b996-bf149c7b4bd1', NULL, false, NULL);


--
-- Data for Name: seaql_migrations; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.seaql_migrations VALUES ('m0001_companies_and_users', 1796128782);
INSERT INTO public.seaql_migrations VALUES ('m0002_sessions', 1796128782);
INSERT INTO public.seaql_migrations VALUES ('m0003_resets_and_links', 1796128782);
INSERT INTO public.seaql_migrations VALUES ('m0004_outgoing_mail', 1796128782);
INSERT INTO public.seaql_migrations VALUES ('m0005_activity', 1796128782);
INSERT INTO public.seaql_migrations VALUES ('m0006_truth_about_resets', 1796128782);
INSERT INTO public.seaql_migrations VALUES ('m0007_people', 1796128782);
INSERT INTO public.seaql_migrations VALUES ('m0008_shown_links', 1796128782);
INSERT INTO public.seaql_migrations VALUES ('m0009_companies', 1796128782);
INSERT INTO public.seaql_migrations VALUES ('m0010_activity_search', 1796128782);
INSERT INTO public.seaql_migrations VALUES ('m0011_linked_companies', 1796128782);
INSERT INTO public.seaql_migrations VALUES ('m0012_batches', 1796128782);
INSERT INTO public.seaql_migrations VALUES ('m0013_ever_had_a_password', 1796128782);
INSERT INTO public.seaql_migrations VALUES ('m0014_settled_mails', 1796128782);
INSERT INTO public.seaql_migrations VALUES ('m0015_invitations_a_day', 1796128782);
INSERT INTO public.seaql_migrations VALUES ('m0016_repeated_entries', 1796128782);
INSERT INTO public.seaql_migrations VALUES ('m0017_large_companies', 1796128782);


--
-- Data for Name: sessions; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: tries; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.tries VALUES ('01a20c0a-3fc0-7cc3-b8cd-1f7cadd37dae', 1, 1795498330000, 'accepted', NULL, 'body', 250, '2.0.0 Ok: queued');
INSERT INTO public.tries VALUES ('01a20d53-d6c0-780f-9ee4-1eb8903ec665', 1, 1795519930000, 'accepted', NULL, 'body', 250, '2.0.0 Ok: queued');
INSERT INTO public.tries VALUES ('01a20d8a-c540-710a-a97d-f09db4149569', 2, 1795523858000, 'deferred', 1795528028000, 'recipient', 452, '4.2.2 mailbox full');
INSERT INTO public.tries VALUES ('01a20d1c-e840-75d3-a80f-d22d6f0a015f', 1, 1795516330000, 'refused', NULL, 'recipient', 550, '5.1.1 no such user here');
INSERT INTO public.tries VALUES ('01a20caf-0b40-7298-9e61-05d3cc55cdc4', 1, 1795509130000, 'accepted', NULL, 'body', 250, '2.0.0 Ok: queued');
INSERT INTO public.tries VALUES ('01a2052c-6fc0-72c6-9d77-adfaa8cb0e02', 1, 1795383130000, 'accepted', NULL, 'body', 250, '2.0.0 Ok: queued');
INSERT INTO public.tries VALUES ('01a20c78-1cc0-7798-9147-bfd3b92f91f5', 1, 1795505530000, 'accepted', NULL, 'body', 250, '2.0.0 Ok: queued');
INSERT INTO public.tries VALUES ('01a20c41-2e40-7355-b30f-a990adb2ec73', 1, 1795501930000, 'accepted', NULL, 'body', 250, '2.0.0 Ok: queued');
INSERT INTO public.tries VALUES ('01a20bd3-5140-7f86-832f-61a50f0a53be', 1, 1795494730000, 'accepted', NULL, 'body', 250, '2.0.0 Ok: queued');
INSERT INTO public.tries VALUES ('01a20d8a-c540-73c6-8d9e-c3410640e6f9', 1, 1795523530000, 'accepted', NULL, 'body', 250, '2.0.0 Ok: queued');


--
-- Data for Name: users; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.users VALUES ('01a20dc1-b3c0-7e83-9572-5a252164afdc', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', 'Ada Admin', 'ada@blueheron.example', 'ada@blueheron.example', 'ada admin ada@blueheron.example', 'ada adminada admin', 'administrator', '$argon2id$v=19$m=19456,t=2,p=1$xoeCrljSPbPqrUttd3d8AQ$Ksk4FL6VdD+LrLrerxc8PMETSF8tHmUFsHeVyjni39o', NULL, 1795527128000, NULL, NULL, true, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 0);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-73e3-bf7c-9d95d16276e2', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', 'Max Manager', 'max@blueheron.example', 'max@blueheron.example', 'max manager max@blueheron.example', 'max managermax manager', 'manager', '$argon2id$v=19$m=19456,t=2,p=1$xoeCrljSPbPqrUttd3d8AQ$Ksk4FL6VdD+LrLrerxc8PMETSF8tHmUFsHeVyjni39o', NULL, 1795527128000, NULL, NULL, true, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 0);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-733a-8440-e092f937d7a2', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', 'Uma User', 'uma@blueheron.example', 'uma@blueheron.example', 'uma user uma@blueheron.example', 'uma useruma user', 'user', '$argon2id$v=19$m=19456,t=2,p=1$xoeCrljSPbPqrUttd3d8AQ$Ksk4FL6VdD+LrLrerxc8PMETSF8tHmUFsHeVyjni39o', NULL, 1795527128000, NULL, NULL, true, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 0);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7145-a13a-ca95e08f20b8', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', 'Rob Reader', 'rob@blueheron.example', 'rob@blueheron.example', 'rob reader rob@blueheron.example', 'rob readerrob reader', 'read-only', '$argon2id$v=19$m=19456,t=2,p=1$xoeCrljSPbPqrUttd3d8AQ$Ksk4FL6VdD+LrLrerxc8PMETSF8tHmUFsHeVyjni39o', NULL, 1795527128000, NULL, NULL, true, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 0);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7a8c-a88f-350dfe3151c2', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', 'Ivy Invited', 'ivy@blueheron.example', 'ivy@blueheron.example', 'ivy invited ivy@blueheron.example', 'ivy invitedivy invited', 'user', NULL, NULL, 1795527128000, NULL, NULL, false, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 1795498328000);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7de1-8796-b57c03bbf492', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', 'Del Deleted', 'del@blueheron.example', 'del@blueheron.example', 'del deleted del@blueheron.example', 'del deleteddel deleted', 'user', NULL, NULL, 1795527128000, NULL, 1795527128000, true, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 0);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7204-b8ee-308c2eb8b0a8', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', 'Agnes Lindqvist', 'person01@blueheron.example', 'person01@blueheron.example', 'agnes lindqvist person01@blueheron.example', 'agnes lindqvistagnes lindqvist', 'manager', '$argon2id$v=19$m=19456,t=2,p=1$xoeCrljSPbPqrUttd3d8AQ$Ksk4FL6VdD+LrLrerxc8PMETSF8tHmUFsHeVyjni39o', NULL, 1795527128000, NULL, NULL, true, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 1795519928000);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-799c-82a4-936739cdfd4d', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', 'Ágnes Szabó', 'person02@blueheron.example', 'person02@blueheron.example', 'agnes szabo person02@blueheron.example', 'agnes szaboágnes szabó', 'user', '$argon2id$v=19$m=19456,t=2,p=1$xoeCrljSPbPqrUttd3d8AQ$Ksk4FL6VdD+LrLrerxc8PMETSF8tHmUFsHeVyjni39o', NULL, 1795527128000, NULL, NULL, true, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 1795523528000);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7283-94dd-0e6721da248f', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', 'Amara Okafor', 'person03@blueheron.example', 'person03@blueheron.example', 'amara okafor person03@blueheron.example', 'amara okaforamara okafor', 'user', '$argon2id$v=19$m=19456,t=2,p=1$xoeCrljSPbPqrUttd3d8AQ$Ksk4FL6VdD+LrLrerxc8PMETSF8tHmUFsHeVyjni39o', NULL, 1795527128000, NULL, NULL, true, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 1795516328000);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7d03-bb33-f5155118e7bd', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', 'Anton Weiss', 'person04@blueheron.example', 'person04@blueheron.example', 'anton weiss person04@blueheron.example', 'anton weissanton weiss', 'user', '$argon2id$v=19$m=19456,t=2,p=1$xoeCrljSPbPqrUttd3d8AQ$Ksk4FL6VdD+LrLrerxc8PMETSF8tHmUFsHeVyjni39o', NULL, 1795527128000, NULL, NULL, true, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 1795509128000);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-760c-a2b8-3d56abadc41a', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', 'Beatriz Moura', 'person05@blueheron.example', 'person05@blueheron.example', 'beatriz moura person05@blueheron.example', 'beatriz mourabeatriz moura', 'user', '$argon2id$v=19$m=19456,t=2,p=1$xoeCrljSPbPqrUttd3d8AQ$Ksk4FL6VdD+LrLrerxc8PMETSF8tHmUFsHeVyjni39o', NULL, 1795527128000, NULL, NULL, true, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 1795383128000);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7395-b076-4bb59ed2c62d', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', 'Bo Chen', 'person06@blueheron.example', 'person06@blueheron.example', 'bo chen person06@blueheron.example', 'bo chenbo chen', 'user', '$argon2id$v=19$m=19456,t=2,p=1$xoeCrljSPbPqrUttd3d8AQ$Ksk4FL6VdD+LrLrerxc8PMETSF8tHmUFsHeVyjni39o', NULL, 1795527128000, NULL, NULL, true, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 1795505528000);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7f23-979a-2136caa38af0', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', 'Carla Rossi', 'person07@blueheron.example', 'person07@blueheron.example', 'carla rossi person07@blueheron.example', 'carla rossicarla rossi', 'user', '$argon2id$v=19$m=19456,t=2,p=1$xoeCrljSPbPqrUttd3d8AQ$Ksk4FL6VdD+LrLrerxc8PMETSF8tHmUFsHeVyjni39o', NULL, 1795527128000, NULL, NULL, true, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 1795501928000);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7e52-b05f-6399e0882ff1', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', 'Cy Diaz', 'person08@blueheron.example', 'person08@blueheron.example', 'cy diaz person08@blueheron.example', 'cy diazcy diaz', 'user', '$argon2id$v=19$m=19456,t=2,p=1$xoeCrljSPbPqrUttd3d8AQ$Ksk4FL6VdD+LrLrerxc8PMETSF8tHmUFsHeVyjni39o', NULL, 1795527128000, NULL, NULL, true, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 1795523528000);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-782d-bea6-6f1aada510f8', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', 'Dana Levi', 'person09@blueheron.example', 'person09@blueheron.example', 'dana levi person09@blueheron.example', 'dana levidana levi', 'user', '$argon2id$v=19$m=19456,t=2,p=1$xoeCrljSPbPqrUttd3d8AQ$Ksk4FL6VdD+LrLrerxc8PMETSF8tHmUFsHeVyjni39o', NULL, 1795527128000, 1795292888000, NULL, true, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 0);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-75dc-9ed9-6a72704e42f8', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', 'Dmitri Volkov', 'person10@blueheron.example', 'person10@blueheron.example', 'dmitri volkov person10@blueheron.example', 'dmitri volkovdmitri volkov', 'read-only', '$argon2id$v=19$m=19456,t=2,p=1$xoeCrljSPbPqrUttd3d8AQ$Ksk4FL6VdD+LrLrerxc8PMETSF8tHmUFsHeVyjni39o', NULL, 1795527128000, 1795230668000, NULL, true, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 0);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-79b1-8cb5-9f1783c7afd7', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', 'Elif Kaya', 'person11@blueheron.example', 'person11@blueheron.example', 'elif kaya person11@blueheron.example', 'elif kayaelif kaya', 'manager', '$argon2id$v=19$m=19456,t=2,p=1$xoeCrljSPbPqrUttd3d8AQ$Ksk4FL6VdD+LrLrerxc8PMETSF8tHmUFsHeVyjni39o', NULL, 1795527128000, NULL, NULL, true, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 0);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-76ad-b3b1-13ede2c643d5', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', 'Emil Nowak', 'person12@blueheron.example', 'person12@blueheron.example', 'emil nowak person12@blueheron.example', 'emil nowakemil nowak', 'user', '$argon2id$v=19$m=19456,t=2,p=1$xoeCrljSPbPqrUttd3d8AQ$Ksk4FL6VdD+LrLrerxc8PMETSF8tHmUFsHeVyjni39o', NULL, 1795527128000, 1795084268000, NULL, true, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 0);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-70ff-87dd-979cf08892de', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', 'Farah Haddad', 'person13@blueheron.example', 'person13@blueheron.example', 'farah haddad person13@blueheron.example', 'farah haddadfarah haddad', 'user', '$argon2id$v=19$m=19456,t=2,p=1$xoeCrljSPbPqrUttd3d8AQ$Ksk4FL6VdD+LrLrerxc8PMETSF8tHmUFsHeVyjni39o', NULL, 1795527128000, 1795000088000, NULL, true, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 0);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-771f-8b66-33ba59a15021', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', 'Felix Braun', 'person14@blueheron.example', 'person14@blueheron.example', 'felix braun person14@blueheron.example', 'felix braunfelix braun', 'user', '$argon2id$v=19$m=19456,t=2,p=1$xoeCrljSPbPqrUttd3d8AQ$Ksk4FL6VdD+LrLrerxc8PMETSF8tHmUFsHeVyjni39o', NULL, 1795527128000, 1794908588000, NULL, true, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 0);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7af8-8733-45e856060cea', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', 'Gita Sharma', 'person15@blueheron.example', 'person15@blueheron.example', 'gita sharma person15@blueheron.example', 'gita sharmagita sharma', 'user', '$argon2id$v=19$m=19456,t=2,p=1$xoeCrljSPbPqrUttd3d8AQ$Ksk4FL6VdD+LrLrerxc8PMETSF8tHmUFsHeVyjni39o', NULL, 1795527128000, 1794809768000, NULL, true, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 0);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7b49-820d-805637801fba', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', 'Hana Suzuki', 'person16@blueheron.example', 'person16@blueheron.example', 'hana suzuki person16@blueheron.example', 'hana suzukihana suzuki', 'user', '$argon2id$v=19$m=19456,t=2,p=1$xoeCrljSPbPqrUttd3d8AQ$Ksk4FL6VdD+LrLrerxc8PMETSF8tHmUFsHeVyjni39o', NULL, 1795527128000, NULL, NULL, true, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 0);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7c66-b2f6-2cbc8f2eec25', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', 'Hugo Lefèvre', 'person17@blueheron.example', 'person17@blueheron.example', 'hugo lefevre person17@blueheron.example', 'hugo lefevrehugo lefèvre', 'user', '$argon2id$v=19$m=19456,t=2,p=1$xoeCrljSPbPqrUttd3d8AQ$Ksk4FL6VdD+LrLrerxc8PMETSF8tHmUFsHeVyjni39o', NULL, 1795527128000, 1794590168000, NULL, true, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 0);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-76ce-abf3-25a2f1915746', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', 'Ines Castro', 'person18@blueheron.example', 'person18@blueheron.example', 'ines castro person18@blueheron.example', 'ines castroines castro', 'user', '$argon2id$v=19$m=19456,t=2,p=1$xoeCrljSPbPqrUttd3d8AQ$Ksk4FL6VdD+LrLrerxc8PMETSF8tHmUFsHeVyjni39o', NULL, 1795527128000, 1794469388000, NULL, true, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 0);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-76af-83ec-82138d7bb105', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', 'Jonas Berg', 'person19@blueheron.example', 'person19@blueheron.example', 'jonas berg person19@blueheron.example', 'jonas bergjonas berg', 'user', '$argon2id$v=19$m=19456,t=2,p=1$xoeCrljSPbPqrUttd3d8AQ$Ksk4FL6VdD+LrLrerxc8PMETSF8tHmUFsHeVyjni39o', NULL, 1795527128000, 1794341288000, NULL, true, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 0);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-760f-b1c0-5935edb3b88f', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', 'Jun Park', 'person20@blueheron.example', 'person20@blueheron.example', 'jun park person20@blueheron.example', 'jun parkjun park', 'read-only', '$argon2id$v=19$m=19456,t=2,p=1$xoeCrljSPbPqrUttd3d8AQ$Ksk4FL6VdD+LrLrerxc8PMETSF8tHmUFsHeVyjni39o', NULL, 1795527128000, 1794205868000, NULL, true, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 0);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7864-81fb-8c707a9fa0f9', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', 'Kofi Mensah', 'person21@blueheron.example', 'person21@blueheron.example', 'kofi mensah person21@blueheron.example', 'kofi mensahkofi mensah', 'manager', '$argon2id$v=19$m=19456,t=2,p=1$xoeCrljSPbPqrUttd3d8AQ$Ksk4FL6VdD+LrLrerxc8PMETSF8tHmUFsHeVyjni39o', NULL, 1795527128000, NULL, NULL, true, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 0);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7789-9780-af6c8f1875b9', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', 'Lena Fischer', 'person22@blueheron.example', 'person22@blueheron.example', 'lena fischer person22@blueheron.example', 'lena fischerlena fischer', 'user', '$argon2id$v=19$m=19456,t=2,p=1$xoeCrljSPbPqrUttd3d8AQ$Ksk4FL6VdD+LrLrerxc8PMETSF8tHmUFsHeVyjni39o', NULL, 1795527128000, 1793913068000, NULL, true, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 0);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7a6e-9058-938c8ad72e70', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', 'Liam O''Brien', 'person23@blueheron.example', 'person23@blueheron.example', 'liam o''brien person23@blueheron.example', 'liam o''brienliam o''brien', 'user', '$argon2id$v=19$m=19456,t=2,p=1$xoeCrljSPbPqrUttd3d8AQ$Ksk4FL6VdD+LrLrerxc8PMETSF8tHmUFsHeVyjni39o', NULL, 1795527128000, 1793755688000, NULL, true, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 0);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7a2a-b4b5-0f6b35090c19', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', 'Łukasz Zając', 'person24@blueheron.example', 'person24@blueheron.example', 'łukasz zajac person24@blueheron.example', 'łukasz zajacłukasz zając', 'user', '$argon2id$v=19$m=19456,t=2,p=1$xoeCrljSPbPqrUttd3d8AQ$Ksk4FL6VdD+LrLrerxc8PMETSF8tHmUFsHeVyjni39o', NULL, 1795527128000, 1793590988000, NULL, true, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 0);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7096-8b4a-8067921eba21', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', 'Mara Jovanović', 'person25@blueheron.example', 'person25@blueheron.example', 'mara jovanovic person25@blueheron.example', 'mara jovanovicmara jovanović', 'user', '$argon2id$v=19$m=19456,t=2,p=1$xoeCrljSPbPqrUttd3d8AQ$Ksk4FL6VdD+LrLrerxc8PMETSF8tHmUFsHeVyjni39o', NULL, 1795527128000, 1793418968000, NULL, true, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 0);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7b3a-b419-9eada9ae4c01', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', 'Mei Lin', 'person26@blueheron.example', 'person26@blueheron.example', 'mei lin person26@blueheron.example', 'mei linmei lin', 'user', '$argon2id$v=19$m=19456,t=2,p=1$xoeCrljSPbPqrUttd3d8AQ$Ksk4FL6VdD+LrLrerxc8PMETSF8tHmUFsHeVyjni39o', NULL, 1795527128000, NULL, NULL, true, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 0);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7df8-be52-547bc433f70f', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', 'Milo 100% Kern', 'person27@blueheron.example', 'person27@blueheron.example', 'milo 100% kern person27@blueheron.example', 'milo 100% kernmilo 100% kern', 'user', '$argon2id$v=19$m=19456,t=2,p=1$xoeCrljSPbPqrUttd3d8AQ$Ksk4FL6VdD+LrLrerxc8PMETSF8tHmUFsHeVyjni39o', NULL, 1795527128000, 1793052968000, NULL, true, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 0);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-766a-af50-872ca7038437', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', 'Nadia Petrova', 'person28@blueheron.example', 'person28@blueheron.example', 'nadia petrova person28@blueheron.example', 'nadia petrovanadia petrova', 'user', '$argon2id$v=19$m=19456,t=2,p=1$xoeCrljSPbPqrUttd3d8AQ$Ksk4FL6VdD+LrLrerxc8PMETSF8tHmUFsHeVyjni39o', NULL, 1795527128000, 1792858988000, NULL, true, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 0);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7bf2-8b6c-088d080d33a9', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', 'Noor al-Sayed', 'person29@blueheron.example', 'person29@blueheron.example', 'noor al-sayed person29@blueheron.example', 'noor al-sayednoor al-sayed', 'user', '$argon2id$v=19$m=19456,t=2,p=1$xoeCrljSPbPqrUttd3d8AQ$Ksk4FL6VdD+LrLrerxc8PMETSF8tHmUFsHeVyjni39o', NULL, 1795527128000, 1792657688000, NULL, true, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 0);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7641-9f9b-7329d95a75b7', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', 'Olga Ivanova', 'person30@blueheron.example', 'person30@blueheron.example', 'olga ivanova person30@blueheron.example', 'olga ivanovaolga ivanova', 'read-only', '$argon2id$v=19$m=19456,t=2,p=1$xoeCrljSPbPqrUttd3d8AQ$Ksk4FL6VdD+LrLrerxc8PMETSF8tHmUFsHeVyjni39o', NULL, 1795527128000, 1792449068000, NULL, true, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 0);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7404-8645-85a9aa0b4c4a', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', 'Oskar Under_Score', 'person31@blueheron.example', 'person31@blueheron.example', 'oskar under_score person31@blueheron.example', 'oskar under_scoreoskar under_score', 'manager', '$argon2id$v=19$m=19456,t=2,p=1$xoeCrljSPbPqrUttd3d8AQ$Ksk4FL6VdD+LrLrerxc8PMETSF8tHmUFsHeVyjni39o', NULL, 1795527128000, NULL, NULL, true, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 0);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-788a-946f-68addb924094', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', 'Pablo Ruiz', 'person32@blueheron.example', 'person32@blueheron.example', 'pablo ruiz person32@blueheron.example', 'pablo ruizpablo ruiz', 'user', '$argon2id$v=19$m=19456,t=2,p=1$xoeCrljSPbPqrUttd3d8AQ$Ksk4FL6VdD+LrLrerxc8PMETSF8tHmUFsHeVyjni39o', NULL, 1795527128000, 1792009868000, NULL, true, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 0);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7a71-902b-eb505484f97b', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', 'Priya Nair', 'person33@blueheron.example', 'person33@blueheron.example', 'priya nair person33@blueheron.example', 'priya nairpriya nair', 'user', '$argon2id$v=19$m=19456,t=2,p=1$xoeCrljSPbPqrUttd3d8AQ$Ksk4FL6VdD+LrLrerxc8PMETSF8tHmUFsHeVyjni39o', NULL, 1795527128000, 1791779288000, NULL, true, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 0);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-74b8-99f5-df4aaa0f3c82', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', 'Rafael Souza', 'person34@blueheron.example', 'person34@blueheron.example', 'rafael souza person34@blueheron.example', 'rafael souzarafael souza', 'user', '$argon2id$v=19$m=19456,t=2,p=1$xoeCrljSPbPqrUttd3d8AQ$Ksk4FL6VdD+LrLrerxc8PMETSF8tHmUFsHeVyjni39o', NULL, 1795527128000, 1791541388000, NULL, true, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 0);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-770d-a6b1-abcf56a589c5', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', 'Sara Lund', 'person35@blueheron.example', 'person35@blueheron.example', 'sara lund person35@blueheron.example', 'sara lundsara lund', 'user', '$argon2id$v=19$m=19456,t=2,p=1$xoeCrljSPbPqrUttd3d8AQ$Ksk4FL6VdD+LrLrerxc8PMETSF8tHmUFsHeVyjni39o', NULL, 1795527128000, 1791296168000, NULL, true, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 0);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7650-8412-63a71c245be7', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', 'Sven Öberg', 'person36@blueheron.example', 'person36@blueheron.example', 'sven oberg person36@blueheron.example', 'sven obergsven öberg', 'user', '$argon2id$v=19$m=19456,t=2,p=1$xoeCrljSPbPqrUttd3d8AQ$Ksk4FL6VdD+LrLrerxc8PMETSF8tHmUFsHeVyjni39o', NULL, 1795527128000, NULL, NULL, true, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 0);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7301-bd37-ea0165571e5a', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', 'Tomás Silva', 'person37@blueheron.example', 'person37@blueheron.example', 'tomas silva person37@blueheron.example', 'tomas silvatomás silva', 'user', '$argon2id$v=19$m=19456,t=2,p=1$xoeCrljSPbPqrUttd3d8AQ$Ksk4FL6VdD+LrLrerxc8PMETSF8tHmUFsHeVyjni39o', NULL, 1795527128000, 1790783768000, NULL, true, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 0);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-73dd-9df9-1fbfde687c8b', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', 'Vera Novak', 'person38@blueheron.example', 'person38@blueheron.example', 'vera novak person38@blueheron.example', 'vera novakvera novak', 'user', '$argon2id$v=19$m=19456,t=2,p=1$xoeCrljSPbPqrUttd3d8AQ$Ksk4FL6VdD+LrLrerxc8PMETSF8tHmUFsHeVyjni39o', NULL, 1795527128000, 1790516588000, NULL, true, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 0);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-72ce-939f-1e612e2112c8', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', 'Yusuf Demir', 'person39@blueheron.example', 'person39@blueheron.example', 'yusuf demir person39@blueheron.example', 'yusuf demiryusuf demir', 'user', '$argon2id$v=19$m=19456,t=2,p=1$xoeCrljSPbPqrUttd3d8AQ$Ksk4FL6VdD+LrLrerxc8PMETSF8tHmUFsHeVyjni39o', NULL, 1795527128000, 1790242088000, NULL, true, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 0);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-73cd-b987-57ced99bc61b', '01a20dc1-b3c0-72a6-9ad5-8464545258b3', 'Zoë Martin', 'person40@blueheron.example', 'person40@blueheron.example', 'zoe martin person40@blueheron.example', 'zoe martinzoë martin', 'read-only', '$argon2id$v=19$m=19456,t=2,p=1$xoeCrljSPbPqrUttd3d8AQ$Ksk4FL6VdD+LrLrerxc8PMETSF8tHmUFsHeVyjni39o', NULL, 1795527128000, 1789960268000, NULL, true, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 0);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7ee5-acaf-366fda15720c', '01a20dc1-b3c0-73f0-b552-3ea696a1bd8c', 'Quinn Quarry', 'quinn@quarry.example', 'quinn@quarry.example', 'quinn quarry quinn@quarry.example', 'quinn quarryquinn quarry', 'administrator', '$argon2id$v=19$m=19456,t=2,p=1$xoeCrljSPbPqrUttd3d8AQ$Ksk4FL6VdD+LrLrerxc8PMETSF8tHmUFsHeVyjni39o', NULL, 1795527128000, NULL, NULL, true, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 0);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7d2e-8c29-109b8d6d6ba7', '01a20dc1-b3c0-73f0-b552-3ea696a1bd8c', 'Rita Slate', 'person01@quarry.example', 'person01@quarry.example', 'rita slate person01@quarry.example', 'rita slaterita slate', 'user', '$argon2id$v=19$m=19456,t=2,p=1$xoeCrljSPbPqrUttd3d8AQ$Ksk4FL6VdD+LrLrerxc8PMETSF8tHmUFsHeVyjni39o', NULL, 1795527128000, NULL, NULL, true, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 0);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7509-bb5e-3ebd3f7d6119', '01a20dc1-b3c0-73f0-b552-3ea696a1bd8c', 'Sam Flint', 'person02@quarry.example', 'person02@quarry.example', 'sam flint person02@quarry.example', 'sam flintsam flint', 'user', '$argon2id$v=19$m=19456,t=2,p=1$xoeCrljSPbPqrUttd3d8AQ$Ksk4FL6VdD+LrLrerxc8PMETSF8tHmUFsHeVyjni39o', NULL, 1795527128000, NULL, NULL, true, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 0);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-71ea-99ff-f360dea6592c', '01a20dc1-b3c0-73f0-b552-3ea696a1bd8c', 'Tess Marl', 'person03@quarry.example', 'person03@quarry.example', 'tess marl person03@quarry.example', 'tess marltess marl', 'user', '$argon2id$v=19$m=19456,t=2,p=1$xoeCrljSPbPqrUttd3d8AQ$Ksk4FL6VdD+LrLrerxc8PMETSF8tHmUFsHeVyjni39o', NULL, 1795527128000, NULL, NULL, true, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 0);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-79de-a8f0-6605d3400c95', '01a20dc1-b3c0-73f0-b552-3ea696a1bd8c', 'Uli Chalk', 'person04@quarry.example', 'person04@quarry.example', 'uli chalk person04@quarry.example', 'uli chalkuli chalk', 'user', '$argon2id$v=19$m=19456,t=2,p=1$xoeCrljSPbPqrUttd3d8AQ$Ksk4FL6VdD+LrLrerxc8PMETSF8tHmUFsHeVyjni39o', NULL, 1795527128000, NULL, NULL, true, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 0);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7686-8033-3490d142d55e', '01a20dc1-b3c0-73f0-b552-3ea696a1bd8c', 'Vic Shale', 'person05@quarry.example', 'person05@quarry.example', 'vic shale person05@quarry.example', 'vic shalevic shale', 'user', '$argon2id$v=19$m=19456,t=2,p=1$xoeCrljSPbPqrUttd3d8AQ$Ksk4FL6VdD+LrLrerxc8PMETSF8tHmUFsHeVyjni39o', NULL, 1795527128000, NULL, NULL, true, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 0);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7f90-9b6c-10d5664ee94a', '01a20dc1-b3c0-7ec8-84f4-2d91b541fb4f', 'Nils Nord', 'person01@heronnord.example', 'person01@heronnord.example', 'nils nord person01@heronnord.example', 'nils nordnils nord', 'administrator', '$argon2id$v=19$m=19456,t=2,p=1$xoeCrljSPbPqrUttd3d8AQ$Ksk4FL6VdD+LrLrerxc8PMETSF8tHmUFsHeVyjni39o', NULL, 1795527128000, NULL, NULL, true, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 0);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-778b-b4dd-f08afc257dd4', '01a20dc1-b3c0-7ec8-84f4-2d91b541fb4f', 'Nora Fjell', 'person02@heronnord.example', 'person02@heronnord.example', 'nora fjell person02@heronnord.example', 'nora fjellnora fjell', 'user', '$argon2id$v=19$m=19456,t=2,p=1$xoeCrljSPbPqrUttd3d8AQ$Ksk4FL6VdD+LrLrerxc8PMETSF8tHmUFsHeVyjni39o', NULL, 1795527128000, NULL, NULL, true, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 0);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-77b7-9e65-15a70034090c', '01a20dc1-b3c0-7ec8-84f4-2d91b541fb4f', 'Odd Vik', 'person03@heronnord.example', 'person03@heronnord.example', 'odd vik person03@heronnord.example', 'odd vikodd vik', 'user', '$argon2id$v=19$m=19456,t=2,p=1$xoeCrljSPbPqrUttd3d8AQ$Ksk4FL6VdD+LrLrerxc8PMETSF8tHmUFsHeVyjni39o', NULL, 1795527128000, NULL, NULL, true, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 0);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7fee-afd8-eee069b666cb', '01a20dc1-b3c0-7ec8-84f4-2d91b541fb4f', 'Pia Sund', 'person04@heronnord.example', 'person04@heronnord.example', 'pia sund person04@heronnord.example', 'pia sundpia sund', 'user', '$argon2id$v=19$m=19456,t=2,p=1$xoeCrljSPbPqrUttd3d8AQ$Ksk4FL6VdD+LrLrerxc8PMETSF8tHmUFsHeVyjni39o', NULL, 1795527128000, NULL, NULL, true, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 0);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7f6a-82f6-be898d9170ff', '01a20dc1-b3c0-7ec8-84f4-2d91b541fb4f', 'Rolf Nes', 'person05@heronnord.example', 'person05@heronnord.example', 'rolf nes person05@heronnord.example', 'rolf nesrolf nes', 'user', '$argon2id$v=19$m=19456,t=2,p=1$xoeCrljSPbPqrUttd3d8AQ$Ksk4FL6VdD+LrLrerxc8PMETSF8tHmUFsHeVyjni39o', NULL, 1795527128000, NULL, NULL, true, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 0);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7296-9f2c-efd4b2ffa8ff', '01a20dc1-b3c0-7ec8-84f4-2d91b541fb4f', 'Siv Lie', 'person06@heronnord.example', 'person06@heronnord.example', 'siv lie person06@heronnord.example', 'siv liesiv lie', 'user', '$argon2id$v=19$m=19456,t=2,p=1$xoeCrljSPbPqrUttd3d8AQ$Ksk4FL6VdD+LrLrerxc8PMETSF8tHmUFsHeVyjni39o', NULL, 1795527128000, NULL, NULL, true, DEFAULT, DEFAULT, DEFAULT, DEFAULT, DEFAULT, 0);


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
-- Name: activity_repeat_key_key; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX activity_repeat_key_key ON public.activity USING btree (repeat_key) WHERE (repeat_key IS NOT NULL);


--
-- Name: activity_target_id_at_of_refused_passwords_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX activity_target_id_at_of_refused_passwords_idx ON public.activity USING btree (target_id, at) WHERE ((outcome = 'refused'::text) AND (action = ANY (ARRAY['signed_in'::text, 'current_password'::text])));


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
-- Name: tries_verdict_ended_at_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX tries_verdict_ended_at_idx ON public.tries USING btree (verdict, ended_at);


--
-- Name: users_company_id_id_key; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX users_company_id_id_key ON public.users USING btree (company_id, id);


--
-- Name: users_email_key_of_living_key; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX users_email_key_of_living_key ON public.users USING btree (email_key) WHERE (deleted_at IS NULL);


--
-- Name: users_of_company_by_email_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX users_of_company_by_email_idx ON public.users USING btree (company_id, is_deleted, email_key, sort_key, id);


--
-- Name: users_of_company_by_name_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX users_of_company_by_name_idx ON public.users USING btree (company_id, is_deleted, sort_key, id);


--
-- Name: users_of_company_by_reset_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX users_of_company_by_reset_idx ON public.users USING btree (company_id, is_deleted, last_reset_at, sort_key, id);


--
-- Name: users_of_company_by_role_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX users_of_company_by_role_idx ON public.users USING btree (company_id, is_deleted, role_rank, sort_key, id);


--
-- Name: users_of_company_by_sign_in_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX users_of_company_by_sign_in_idx ON public.users USING btree (company_id, is_deleted, signed_in_rank, sort_key, id);


--
-- Name: users_of_company_by_status_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX users_of_company_by_status_idx ON public.users USING btree (company_id, is_deleted, status_rank, sort_key, id);


--
-- Name: users_of_company_filtered_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX users_of_company_filtered_idx ON public.users USING btree (company_id, status_rank, role_rank);


--
-- Name: users_search_words_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX users_search_words_idx ON public.users USING gin (public.trigrams_of(search_words));


--
-- Name: activity activity_is_never_changed; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER activity_is_never_changed BEFORE UPDATE OF id, company_id, at, actor_kind, actor_id, actor_name, action, outcome, target_id, target_name, detail, search_key, client_address, repeat_key ON public.activity FOR EACH ROW EXECUTE FUNCTION public.activity_refuse_update();


--
-- Name: activity activity_only_counts_up; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER activity_only_counts_up BEFORE UPDATE OF times ON public.activity FOR EACH ROW WHEN (((old.repeat_key IS NULL) OR (new.times <= old.times))) EXECUTE FUNCTION public.activity_refuse_update();


--
-- Name: mails mails_settled_stay; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER mails_settled_stay BEFORE UPDATE OF state ON public.mails FOR EACH ROW WHEN (((old.state = ANY (ARRAY['accepted'::text, 'refused'::text, 'dropped'::text])) AND (new.state = ANY (ARRAY['queued'::text, 'sending'::text, 'deferred'::text])))) EXECUTE FUNCTION public.mails_refuse_revival();


--
-- Name: resets resets_note_newest; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER resets_note_newest AFTER INSERT ON public.resets FOR EACH ROW EXECUTE FUNCTION public.users_note_newest_reset();


--
-- Name: users users_has_had_password_is_never_cleared; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER users_has_had_password_is_never_cleared BEFORE UPDATE ON public.users FOR EACH ROW WHEN ((old.has_had_password AND (NOT new.has_had_password))) EXECUTE FUNCTION public.users_refuse_forgetting();


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

\unrestrict PTBC7xbRaGmYbbb2zNiSbp0xuY5yu5Gxx3f16fJSG3tzFkOQW8cqYE8SQ1vuzT2

