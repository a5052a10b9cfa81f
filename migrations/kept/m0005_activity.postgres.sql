-- expected: companies 3
-- expected: users 58
-- expected: resets 10
-- expected: mails 10
--
-- PostgreSQL database dump
--

\restrict soaOrfxDEGWbIRA57m0U6f6VThbGXeE0nrnezJ7PHDo0mxd5bZT4QzutKSgE7Mh

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
    CONSTRAINT companies_not_its_own_parent_check CHECK ((parent_id <> id))
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
    CONSTRAINT mails_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT mails_kind_check CHECK ((kind = ANY (ARRAY['reset'::text, 'password_changed'::text]))),
    CONSTRAINT mails_lease_check CHECK (((state = 'sending'::text) = (leased_until IS NOT NULL))),
    CONSTRAINT mails_reply_stage_check CHECK ((reply_stage = ANY (ARRAY['connect'::text, 'tls'::text, 'login'::text, 'sender'::text, 'recipient'::text, 'body'::text]))),
    CONSTRAINT mails_reset_check CHECK (((kind = 'reset'::text) = (reset_id IS NOT NULL))),
    CONSTRAINT mails_settled_check CHECK (((state = ANY (ARRAY['accepted'::text, 'refused'::text, 'dropped'::text])) = (settled_at IS NOT NULL))),
    CONSTRAINT mails_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'sending'::text, 'accepted'::text, 'deferred'::text, 'refused'::text, 'dropped'::text])))
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
    CONSTRAINT resets_end_has_time_check CHECK (((ended_as IS NULL) = (ended_at IS NULL))),
    CONSTRAINT resets_ended_as_check CHECK ((ended_as = ANY (ARRAY['used'::text, 'replaced'::text, 'revoked'::text, 'cancelled'::text]))),
    CONSTRAINT resets_ended_by_check CHECK (((ended_by IS NULL) OR (ended_as IS NOT NULL))),
    CONSTRAINT resets_expires_later_check CHECK ((expires_at > asked_at)),
    CONSTRAINT resets_kind_check CHECK ((kind = ANY (ARRAY['manager'::text, 'oneself'::text, 'invitation'::text, 'restore'::text]))),
    CONSTRAINT resets_not_replaced_by_itself_check CHECK ((replaced_by <> id)),
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
-- Data for Name: companies; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.companies VALUES ('01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', NULL, 'Blue Heron Logistics', 'blue heron logistics', 'blue heron logisticsblue heron logistics', NULL, '+49 30 5550 100', 'it@blueheronlogistics.example', 'Europe/Berlin', 1795527128000);
INSERT INTO public.companies VALUES ('01a20dc1-b3c0-7d32-8e48-8031963741e5', NULL, 'Quarry Foods', 'quarry foods', 'quarry foodsquarry foods', NULL, '+49 30 5550 100', 'it@quarryfoods.example', 'Europe/Berlin', 1795527128000);
INSERT INTO public.companies VALUES ('01a20dc1-b3c0-70d7-b921-61af226a4b8a', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', 'Heron Nord', 'heron nord', 'heron nordheron nord', NULL, '+49 30 5550 100', 'it@heronnord.example', 'Europe/Berlin', 1795527128000);


--
-- Data for Name: links; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: mails; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.mails VALUES ('01a20c0a-3fc0-76b9-84f3-39b17d75e450', 'reset', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', '01a20dc1-b3c0-70ce-adce-5fa9151453bd', '01a20c0a-3fc0-7b85-a09c-576edb26e0b0', 'ivy@blueheron.example', 'accepted', 1, 1795498328000, 1795528028000, 1795757528000, NULL, 1795498330000, 'body', 250, '2.0.0 Ok: queued', NULL);
INSERT INTO public.mails VALUES ('01a20d53-d6c0-7952-a5df-6c4bcd4acd9c', 'reset', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', '01a20dc1-b3c0-7b89-ae27-e0a621f13f8b', '01a20d53-d6c0-7fef-9a8a-6579e67f72dc', 'person01@blueheron.example', 'accepted', 1, 1795519928000, 1795528028000, 1795606328000, NULL, 1795519930000, 'body', 250, '2.0.0 Ok: queued', NULL);
INSERT INTO public.mails VALUES ('01a20d8a-c540-7802-b386-fbe2d2bf7f69', 'reset', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', '01a20dc1-b3c0-7c88-9a40-c2ba91bb0c89', '01a20d8a-c540-7076-aa45-3a7988fa80ee', 'person02@blueheron.example', 'deferred', 1, 1795523528000, 1795528028000, 1795609928000, NULL, NULL, 'recipient', 452, '4.2.2 mailbox full', NULL);
INSERT INTO public.mails VALUES ('01a20d1c-e840-7b8c-853e-30e719a564af', 'reset', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', '01a20dc1-b3c0-77b6-a468-5f36161bbf4f', '01a20d1c-e840-7b2b-89c2-a7845ff8fb7d', 'person03@blueheron.example', 'refused', 1, 1795516328000, 1795528028000, 1795602728000, NULL, 1795516330000, 'recipient', 550, '5.1.1 no such user here', NULL);
INSERT INTO public.mails VALUES ('01a20caf-0b40-76f4-b9db-7544d6d7ca0a', 'reset', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', '01a20dc1-b3c0-7e9c-a2f2-133491117063', '01a20caf-0b40-7ccd-973f-ab88977c0dac', 'person04@blueheron.example', 'accepted', 1, 1795509128000, 1795528028000, 1795595528000, NULL, 1795509130000, 'body', 250, '2.0.0 Ok: queued', NULL);
INSERT INTO public.mails VALUES ('01a2052c-6fc0-75aa-a3b1-524205093478', 'reset', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', '01a20dc1-b3c0-7ab5-8dff-fc2bdfb38bf1', '01a2052c-6fc0-7cd9-b3c3-bdee32e84723', 'person05@blueheron.example', 'accepted', 1, 1795383128000, 1795528028000, 1795469528000, NULL, 1795383130000, 'body', 250, '2.0.0 Ok: queued', NULL);
INSERT INTO public.mails VALUES ('01a20c78-1cc0-78cf-85f7-9edf3001c157', 'reset', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', '01a20dc1-b3c0-776f-a995-66b2ba2f2c98', '01a20c78-1cc0-7d30-a37d-f2fe2bd45e1e', 'person06@blueheron.example', 'accepted', 1, 1795505528000, 1795528028000, 1795591928000, NULL, 1795505530000, 'body', 250, '2.0.0 Ok: queued', NULL);
INSERT INTO public.mails VALUES ('01a20c41-2e40-799f-ae33-ec57d643b503', 'reset', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', '01a20dc1-b3c0-767c-a79a-251752219f65', '01a20c41-2e40-78b9-b825-97df313372a6', 'person07@blueheron.example', 'accepted', 1, 1795501928000, 1795528028000, 1795588328000, NULL, 1795501930000, 'body', 250, '2.0.0 Ok: queued', NULL);
INSERT INTO public.mails VALUES ('01a20bd3-5140-72bd-876d-aca68b77c1e3', 'reset', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', '01a20dc1-b3c0-7081-9690-e21dc0b5eb89', '01a20bd3-5140-717e-8079-f1ae4304942e', 'person08@blueheron.example', 'accepted', 1, 1795494728000, 1795528028000, 1795581128000, NULL, 1795494730000, 'body', 250, '2.0.0 Ok: queued', NULL);
INSERT INTO public.mails VALUES ('01a20d8a-c540-723c-b962-24d7ff97c2e1', 'reset', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', '01a20dc1-b3c0-7081-9690-e21dc0b5eb89', '01a20d8a-c540-71fa-872b-410bc9d6d9ac', 'person08@blueheron.example', 'accepted', 1, 1795523528000, 1795528028000, 1795609928000, NULL, 1795523530000, 'body', 250, '2.0.0 Ok: queued', NULL);


--
-- Data for Name: resets; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.resets VALUES ('01a20c0a-3fc0-7b85-a09c-576edb26e0b0', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', '01a20dc1-b3c0-70ce-adce-5fa9151453bd', 'invitation', '01a20dc1-b3c0-75f9-802d-950c05d96478', 1795498328000, 1795757528000, 'CS679F', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.resets VALUES ('01a20d53-d6c0-7fef-9a8a-6579e67f72dc', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', '01a20dc1-b3c0-7b89-ae27-e0a621f13f8b', 'manager', '01a20dc1-b3c0-75f9-802d-950c05d96478', 1795519928000, 1795606328000, '7Y496W', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.resets VALUES ('01a20d8a-c540-7076-aa45-3a7988fa80ee', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', '01a20dc1-b3c0-7c88-9a40-c2ba91bb0c89', 'manager', '01a20dc1-b3c0-75f9-802d-950c05d96478', 1795523528000, 1795609928000, 'GV6QGE', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.resets VALUES ('01a20d1c-e840-7b2b-89c2-a7845ff8fb7d', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', '01a20dc1-b3c0-77b6-a468-5f36161bbf4f', 'manager', '01a20dc1-b3c0-75f9-802d-950c05d96478', 1795516328000, 1795602728000, 'MULLLZ', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.resets VALUES ('01a20caf-0b40-7ccd-973f-ab88977c0dac', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', '01a20dc1-b3c0-7e9c-a2f2-133491117063', 'manager', '01a20dc1-b3c0-75f9-802d-950c05d96478', 1795509128000, 1795595528000, 'XLDZQE', NULL, NULL, 'used', 1795510928000, NULL, NULL);
INSERT INTO public.resets VALUES ('01a2052c-6fc0-7cd9-b3c3-bdee32e84723', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', '01a20dc1-b3c0-7ab5-8dff-fc2bdfb38bf1', 'manager', '01a20dc1-b3c0-75f9-802d-950c05d96478', 1795383128000, 1795469528000, 'GYAPXS', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.resets VALUES ('01a20c78-1cc0-7d30-a37d-f2fe2bd45e1e', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', '01a20dc1-b3c0-776f-a995-66b2ba2f2c98', 'manager', '01a20dc1-b3c0-75f9-802d-950c05d96478', 1795505528000, 1795591928000, 'XU8KAU', NULL, NULL, 'revoked', 1795507328000, NULL, NULL);
INSERT INTO public.resets VALUES ('01a20c41-2e40-78b9-b825-97df313372a6', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', '01a20dc1-b3c0-767c-a79a-251752219f65', 'manager', '01a20dc1-b3c0-75f9-802d-950c05d96478', 1795501928000, 1795588328000, '9QYXF8', NULL, NULL, 'cancelled', 1795503728000, NULL, NULL);
INSERT INTO public.resets VALUES ('01a20d8a-c540-71fa-872b-410bc9d6d9ac', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', '01a20dc1-b3c0-7081-9690-e21dc0b5eb89', 'manager', '01a20dc1-b3c0-75f9-802d-950c05d96478', 1795523528000, 1795609928000, 'CPSLZQ', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.resets VALUES ('01a20bd3-5140-717e-8079-f1ae4304942e', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', '01a20dc1-b3c0-7081-9690-e21dc0b5eb89', 'manager', '01a20dc1-b3c0-75f9-802d-950c05d96478', 1795494728000, 1795581128000, 'RBZDZB', NULL, NULL, 'replaced', 1795523528000, NULL, '01a20d8a-c540-71fa-872b-410bc9d6d9ac');


--
-- Data for Name: seaql_migrations; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.seaql_migrations VALUES ('m0001_companies_and_users', 1795544194);
INSERT INTO public.seaql_migrations VALUES ('m0002_sessions', 1795544194);
INSERT INTO public.seaql_migrations VALUES ('m0003_resets_and_links', 1795544194);
INSERT INTO public.seaql_migrations VALUES ('m0004_outgoing_mail', 1795544194);
INSERT INTO public.seaql_migrations VALUES ('m0005_activity', 1795544194);


--
-- Data for Name: sessions; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: users; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.users VALUES ('01a20dc1-b3c0-7aea-ab6f-ea2ba71c7f19', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', 'Ada Admin', 'ada@blueheron.example', 'ada@blueheron.example', 'ada admin ada@blueheron.example', 'ada adminada admin', 'administrator', '$argon2id$v=19$m=19456,t=2,p=1$ONYxTKSMRjktWKd+qFE0Nw$Bi6pSQ6ntgJXUtRT/uhQ7qaOUXGmqg6s+wXldqL4AT0', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-75f9-802d-950c05d96478', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', 'Max Manager', 'max@blueheron.example', 'max@blueheron.example', 'max manager max@blueheron.example', 'max managermax manager', 'manager', '$argon2id$v=19$m=19456,t=2,p=1$ONYxTKSMRjktWKd+qFE0Nw$Bi6pSQ6ntgJXUtRT/uhQ7qaOUXGmqg6s+wXldqL4AT0', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7af9-bcbc-6f7b4e899a85', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', 'Uma User', 'uma@blueheron.example', 'uma@blueheron.example', 'uma user uma@blueheron.example', 'uma useruma user', 'user', '$argon2id$v=19$m=19456,t=2,p=1$ONYxTKSMRjktWKd+qFE0Nw$Bi6pSQ6ntgJXUtRT/uhQ7qaOUXGmqg6s+wXldqL4AT0', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-742e-bcf3-5b199f825fed', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', 'Rob Reader', 'rob@blueheron.example', 'rob@blueheron.example', 'rob reader rob@blueheron.example', 'rob readerrob reader', 'read-only', '$argon2id$v=19$m=19456,t=2,p=1$ONYxTKSMRjktWKd+qFE0Nw$Bi6pSQ6ntgJXUtRT/uhQ7qaOUXGmqg6s+wXldqL4AT0', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-70ce-adce-5fa9151453bd', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', 'Ivy Invited', 'ivy@blueheron.example', 'ivy@blueheron.example', 'ivy invited ivy@blueheron.example', 'ivy invitedivy invited', 'user', NULL, NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7134-8c54-1a1d61273afb', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', 'Del Deleted', 'del@blueheron.example', 'del@blueheron.example', 'del deleted del@blueheron.example', 'del deleteddel deleted', 'user', NULL, NULL, 1795527128000, NULL, 1795527128000);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7b89-ae27-e0a621f13f8b', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', 'Agnes Lindqvist', 'person01@blueheron.example', 'person01@blueheron.example', 'agnes lindqvist person01@blueheron.example', 'agnes lindqvistagnes lindqvist', 'manager', '$argon2id$v=19$m=19456,t=2,p=1$ONYxTKSMRjktWKd+qFE0Nw$Bi6pSQ6ntgJXUtRT/uhQ7qaOUXGmqg6s+wXldqL4AT0', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7c88-9a40-c2ba91bb0c89', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', 'Ágnes Szabó', 'person02@blueheron.example', 'person02@blueheron.example', 'agnes szabo person02@blueheron.example', 'agnes szaboágnes szabó', 'user', '$argon2id$v=19$m=19456,t=2,p=1$ONYxTKSMRjktWKd+qFE0Nw$Bi6pSQ6ntgJXUtRT/uhQ7qaOUXGmqg6s+wXldqL4AT0', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-77b6-a468-5f36161bbf4f', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', 'Amara Okafor', 'person03@blueheron.example', 'person03@blueheron.example', 'amara okafor person03@blueheron.example', 'amara okaforamara okafor', 'user', '$argon2id$v=19$m=19456,t=2,p=1$ONYxTKSMRjktWKd+qFE0Nw$Bi6pSQ6ntgJXUtRT/uhQ7qaOUXGmqg6s+wXldqL4AT0', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7e9c-a2f2-133491117063', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', 'Anton Weiss', 'person04@blueheron.example', 'person04@blueheron.example', 'anton weiss person04@blueheron.example', 'anton weissanton weiss', 'user', '$argon2id$v=19$m=19456,t=2,p=1$ONYxTKSMRjktWKd+qFE0Nw$Bi6pSQ6ntgJXUtRT/uhQ7qaOUXGmqg6s+wXldqL4AT0', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7ab5-8dff-fc2bdfb38bf1', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', 'Beatriz Moura', 'person05@blueheron.example', 'person05@blueheron.example', 'beatriz moura person05@blueheron.example', 'beatriz mourabeatriz moura', 'user', '$argon2id$v=19$m=19456,t=2,p=1$ONYxTKSMRjktWKd+qFE0Nw$Bi6pSQ6ntgJXUtRT/uhQ7qaOUXGmqg6s+wXldqL4AT0', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-776f-a995-66b2ba2f2c98', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', 'Bo Chen', 'person06@blueheron.example', 'person06@blueheron.example', 'bo chen person06@blueheron.example', 'bo chenbo chen', 'user', '$argon2id$v=19$m=19456,t=2,p=1$ONYxTKSMRjktWKd+qFE0Nw$Bi6pSQ6ntgJXUtRT/uhQ7qaOUXGmqg6s+wXldqL4AT0', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-767c-a79a-251752219f65', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', 'Carla Rossi', 'person07@blueheron.example', 'person07@blueheron.example', 'carla rossi person07@blueheron.example', 'carla rossicarla rossi', 'user', '$argon2id$v=19$m=19456,t=2,p=1$ONYxTKSMRjktWKd+qFE0Nw$Bi6pSQ6ntgJXUtRT/uhQ7qaOUXGmqg6s+wXldqL4AT0', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7081-9690-e21dc0b5eb89', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', 'Cy Diaz', 'person08@blueheron.example', 'person08@blueheron.example', 'cy diaz person08@blueheron.example', 'cy diazcy diaz', 'user', '$argon2id$v=19$m=19456,t=2,p=1$ONYxTKSMRjktWKd+qFE0Nw$Bi6pSQ6ntgJXUtRT/uhQ7qaOUXGmqg6s+wXldqL4AT0', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7142-85f7-30f82fe3831b', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', 'Dana Levi', 'person09@blueheron.example', 'person09@blueheron.example', 'dana levi person09@blueheron.example', 'dana levidana levi', 'user', '$argon2id$v=19$m=19456,t=2,p=1$ONYxTKSMRjktWKd+qFE0Nw$Bi6pSQ6ntgJXUtRT/uhQ7qaOUXGmqg6s+wXldqL4AT0', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7ed0-88fc-7c6c549f0af2', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', 'Dmitri Volkov', 'person10@blueheron.example', 'person10@blueheron.example', 'dmitri volkov person10@blueheron.example', 'dmitri volkovdmitri volkov', 'read-only', '$argon2id$v=19$m=19456,t=2,p=1$ONYxTKSMRjktWKd+qFE0Nw$Bi6pSQ6ntgJXUtRT/uhQ7qaOUXGmqg6s+wXldqL4AT0', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7dc7-a3a7-ec44615f7930', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', 'Elif Kaya', 'person11@blueheron.example', 'person11@blueheron.example', 'elif kaya person11@blueheron.example', 'elif kayaelif kaya', 'manager', '$argon2id$v=19$m=19456,t=2,p=1$ONYxTKSMRjktWKd+qFE0Nw$Bi6pSQ6ntgJXUtRT/uhQ7qaOUXGmqg6s+wXldqL4AT0', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7435-b662-c63526dffd3e', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', 'Emil Nowak', 'person12@blueheron.example', 'person12@blueheron.example', 'emil nowak person12@blueheron.example', 'emil nowakemil nowak', 'user', '$argon2id$v=19$m=19456,t=2,p=1$ONYxTKSMRjktWKd+qFE0Nw$Bi6pSQ6ntgJXUtRT/uhQ7qaOUXGmqg6s+wXldqL4AT0', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7ab2-815e-40293421ce67', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', 'Farah Haddad', 'person13@blueheron.example', 'person13@blueheron.example', 'farah haddad person13@blueheron.example', 'farah haddadfarah haddad', 'user', '$argon2id$v=19$m=19456,t=2,p=1$ONYxTKSMRjktWKd+qFE0Nw$Bi6pSQ6ntgJXUtRT/uhQ7qaOUXGmqg6s+wXldqL4AT0', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-77ba-a689-c2e3af9b4bbb', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', 'Felix Braun', 'person14@blueheron.example', 'person14@blueheron.example', 'felix braun person14@blueheron.example', 'felix braunfelix braun', 'user', '$argon2id$v=19$m=19456,t=2,p=1$ONYxTKSMRjktWKd+qFE0Nw$Bi6pSQ6ntgJXUtRT/uhQ7qaOUXGmqg6s+wXldqL4AT0', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7e5c-ba88-246f174bb5d6', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', 'Gita Sharma', 'person15@blueheron.example', 'person15@blueheron.example', 'gita sharma person15@blueheron.example', 'gita sharmagita sharma', 'user', '$argon2id$v=19$m=19456,t=2,p=1$ONYxTKSMRjktWKd+qFE0Nw$Bi6pSQ6ntgJXUtRT/uhQ7qaOUXGmqg6s+wXldqL4AT0', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-76a5-8d66-85f802d62ddc', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', 'Hana Suzuki', 'person16@blueheron.example', 'person16@blueheron.example', 'hana suzuki person16@blueheron.example', 'hana suzukihana suzuki', 'user', '$argon2id$v=19$m=19456,t=2,p=1$ONYxTKSMRjktWKd+qFE0Nw$Bi6pSQ6ntgJXUtRT/uhQ7qaOUXGmqg6s+wXldqL4AT0', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7425-b5c9-43e02d21c4e3', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', 'Hugo Lefèvre', 'person17@blueheron.example', 'person17@blueheron.example', 'hugo lefevre person17@blueheron.example', 'hugo lefevrehugo lefèvre', 'user', '$argon2id$v=19$m=19456,t=2,p=1$ONYxTKSMRjktWKd+qFE0Nw$Bi6pSQ6ntgJXUtRT/uhQ7qaOUXGmqg6s+wXldqL4AT0', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-71bc-a0fe-e05e4beb5a8d', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', 'Ines Castro', 'person18@blueheron.example', 'person18@blueheron.example', 'ines castro person18@blueheron.example', 'ines castroines castro', 'user', '$argon2id$v=19$m=19456,t=2,p=1$ONYxTKSMRjktWKd+qFE0Nw$Bi6pSQ6ntgJXUtRT/uhQ7qaOUXGmqg6s+wXldqL4AT0', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-704c-aea0-2169f06482b2', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', 'Jonas Berg', 'person19@blueheron.example', 'person19@blueheron.example', 'jonas berg person19@blueheron.example', 'jonas bergjonas berg', 'user', '$argon2id$v=19$m=19456,t=2,p=1$ONYxTKSMRjktWKd+qFE0Nw$Bi6pSQ6ntgJXUtRT/uhQ7qaOUXGmqg6s+wXldqL4AT0', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7994-91bd-25635f54826b', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', 'Jun Park', 'person20@blueheron.example', 'person20@blueheron.example', 'jun park person20@blueheron.example', 'jun parkjun park', 'read-only', '$argon2id$v=19$m=19456,t=2,p=1$ONYxTKSMRjktWKd+qFE0Nw$Bi6pSQ6ntgJXUtRT/uhQ7qaOUXGmqg6s+wXldqL4AT0', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7dad-baf2-7f664059c3fc', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', 'Kofi Mensah', 'person21@blueheron.example', 'person21@blueheron.example', 'kofi mensah person21@blueheron.example', 'kofi mensahkofi mensah', 'manager', '$argon2id$v=19$m=19456,t=2,p=1$ONYxTKSMRjktWKd+qFE0Nw$Bi6pSQ6ntgJXUtRT/uhQ7qaOUXGmqg6s+wXldqL4AT0', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-735c-9d48-1737120c9e53', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', 'Lena Fischer', 'person22@blueheron.example', 'person22@blueheron.example', 'lena fischer person22@blueheron.example', 'lena fischerlena fischer', 'user', '$argon2id$v=19$m=19456,t=2,p=1$ONYxTKSMRjktWKd+qFE0Nw$Bi6pSQ6ntgJXUtRT/uhQ7qaOUXGmqg6s+wXldqL4AT0', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-72c9-96fa-b3d4b893a8e2', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', 'Liam O''Brien', 'person23@blueheron.example', 'person23@blueheron.example', 'liam o''brien person23@blueheron.example', 'liam o''brienliam o''brien', 'user', '$argon2id$v=19$m=19456,t=2,p=1$ONYxTKSMRjktWKd+qFE0Nw$Bi6pSQ6ntgJXUtRT/uhQ7qaOUXGmqg6s+wXldqL4AT0', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7882-acbc-3457666a26ad', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', 'Łukasz Zając', 'person24@blueheron.example', 'person24@blueheron.example', 'łukasz zajac person24@blueheron.example', 'łukasz zajacłukasz zając', 'user', '$argon2id$v=19$m=19456,t=2,p=1$ONYxTKSMRjktWKd+qFE0Nw$Bi6pSQ6ntgJXUtRT/uhQ7qaOUXGmqg6s+wXldqL4AT0', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7b32-b648-149f0e3c25af', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', 'Mara Jovanović', 'person25@blueheron.example', 'person25@blueheron.example', 'mara jovanovic person25@blueheron.example', 'mara jovanovicmara jovanović', 'user', '$argon2id$v=19$m=19456,t=2,p=1$ONYxTKSMRjktWKd+qFE0Nw$Bi6pSQ6ntgJXUtRT/uhQ7qaOUXGmqg6s+wXldqL4AT0', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7be5-8789-a255d4bf0b87', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', 'Mei Lin', 'person26@blueheron.example', 'person26@blueheron.example', 'mei lin person26@blueheron.example', 'mei linmei lin', 'user', '$argon2id$v=19$m=19456,t=2,p=1$ONYxTKSMRjktWKd+qFE0Nw$Bi6pSQ6ntgJXUtRT/uhQ7qaOUXGmqg6s+wXldqL4AT0', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-712c-83e7-a386eea259ed', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', 'Milo 100% Kern', 'person27@blueheron.example', 'person27@blueheron.example', 'milo 100% kern person27@blueheron.example', 'milo 100% kernmilo 100% kern', 'user', '$argon2id$v=19$m=19456,t=2,p=1$ONYxTKSMRjktWKd+qFE0Nw$Bi6pSQ6ntgJXUtRT/uhQ7qaOUXGmqg6s+wXldqL4AT0', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7898-a5f5-476fc368ac6e', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', 'Nadia Petrova', 'person28@blueheron.example', 'person28@blueheron.example', 'nadia petrova person28@blueheron.example', 'nadia petrovanadia petrova', 'user', '$argon2id$v=19$m=19456,t=2,p=1$ONYxTKSMRjktWKd+qFE0Nw$Bi6pSQ6ntgJXUtRT/uhQ7qaOUXGmqg6s+wXldqL4AT0', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-70dc-9dff-a86f94d3f058', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', 'Noor al-Sayed', 'person29@blueheron.example', 'person29@blueheron.example', 'noor al-sayed person29@blueheron.example', 'noor al-sayednoor al-sayed', 'user', '$argon2id$v=19$m=19456,t=2,p=1$ONYxTKSMRjktWKd+qFE0Nw$Bi6pSQ6ntgJXUtRT/uhQ7qaOUXGmqg6s+wXldqL4AT0', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7989-9831-9e65eafa1091', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', 'Olga Ivanova', 'person30@blueheron.example', 'person30@blueheron.example', 'olga ivanova person30@blueheron.example', 'olga ivanovaolga ivanova', 'read-only', '$argon2id$v=19$m=19456,t=2,p=1$ONYxTKSMRjktWKd+qFE0Nw$Bi6pSQ6ntgJXUtRT/uhQ7qaOUXGmqg6s+wXldqL4AT0', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7c09-aa76-f5e672e946fd', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', 'Oskar Under_Score', 'person31@blueheron.example', 'person31@blueheron.example', 'oskar under_score person31@blueheron.example', 'oskar under_scoreoskar under_score', 'manager', '$argon2id$v=19$m=19456,t=2,p=1$ONYxTKSMRjktWKd+qFE0Nw$Bi6pSQ6ntgJXUtRT/uhQ7qaOUXGmqg6s+wXldqL4AT0', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7b9e-ba8e-2eeaf1b6c51e', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', 'Pablo Ruiz', 'person32@blueheron.example', 'person32@blueheron.example', 'pablo ruiz person32@blueheron.example', 'pablo ruizpablo ruiz', 'user', '$argon2id$v=19$m=19456,t=2,p=1$ONYxTKSMRjktWKd+qFE0Nw$Bi6pSQ6ntgJXUtRT/uhQ7qaOUXGmqg6s+wXldqL4AT0', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-768f-902a-ad97ca4a2867', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', 'Priya Nair', 'person33@blueheron.example', 'person33@blueheron.example', 'priya nair person33@blueheron.example', 'priya nairpriya nair', 'user', '$argon2id$v=19$m=19456,t=2,p=1$ONYxTKSMRjktWKd+qFE0Nw$Bi6pSQ6ntgJXUtRT/uhQ7qaOUXGmqg6s+wXldqL4AT0', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7d51-a882-f57fd8edae14', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', 'Rafael Souza', 'person34@blueheron.example', 'person34@blueheron.example', 'rafael souza person34@blueheron.example', 'rafael souzarafael souza', 'user', '$argon2id$v=19$m=19456,t=2,p=1$ONYxTKSMRjktWKd+qFE0Nw$Bi6pSQ6ntgJXUtRT/uhQ7qaOUXGmqg6s+wXldqL4AT0', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-75f7-95fc-934a0dfacdba', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', 'Sara Lund', 'person35@blueheron.example', 'person35@blueheron.example', 'sara lund person35@blueheron.example', 'sara lundsara lund', 'user', '$argon2id$v=19$m=19456,t=2,p=1$ONYxTKSMRjktWKd+qFE0Nw$Bi6pSQ6ntgJXUtRT/uhQ7qaOUXGmqg6s+wXldqL4AT0', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7d79-891d-eeec86936b4c', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', 'Sven Öberg', 'person36@blueheron.example', 'person36@blueheron.example', 'sven oberg person36@blueheron.example', 'sven obergsven öberg', 'user', '$argon2id$v=19$m=19456,t=2,p=1$ONYxTKSMRjktWKd+qFE0Nw$Bi6pSQ6ntgJXUtRT/uhQ7qaOUXGmqg6s+wXldqL4AT0', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-78ef-908f-cd58e7a83776', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', 'Tomás Silva', 'person37@blueheron.example', 'person37@blueheron.example', 'tomas silva person37@blueheron.example', 'tomas silvatomás silva', 'user', '$argon2id$v=19$m=19456,t=2,p=1$ONYxTKSMRjktWKd+qFE0Nw$Bi6pSQ6ntgJXUtRT/uhQ7qaOUXGmqg6s+wXldqL4AT0', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7ebb-b9df-3a9fec9caac3', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', 'Vera Novak', 'person38@blueheron.example', 'person38@blueheron.example', 'vera novak person38@blueheron.example', 'vera novakvera novak', 'user', '$argon2id$v=19$m=19456,t=2,p=1$ONYxTKSMRjktWKd+qFE0Nw$Bi6pSQ6ntgJXUtRT/uhQ7qaOUXGmqg6s+wXldqL4AT0', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7214-b079-3ba7ea65e2e7', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', 'Yusuf Demir', 'person39@blueheron.example', 'person39@blueheron.example', 'yusuf demir person39@blueheron.example', 'yusuf demiryusuf demir', 'user', '$argon2id$v=19$m=19456,t=2,p=1$ONYxTKSMRjktWKd+qFE0Nw$Bi6pSQ6ntgJXUtRT/uhQ7qaOUXGmqg6s+wXldqL4AT0', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7b75-a828-ce972bb167ef', '01a20dc1-b3c0-7d80-9ceb-7737887dbcc6', 'Zoë Martin', 'person40@blueheron.example', 'person40@blueheron.example', 'zoe martin person40@blueheron.example', 'zoe martinzoë martin', 'read-only', '$argon2id$v=19$m=19456,t=2,p=1$ONYxTKSMRjktWKd+qFE0Nw$Bi6pSQ6ntgJXUtRT/uhQ7qaOUXGmqg6s+wXldqL4AT0', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-79af-a7a3-742ecaacd9e2', '01a20dc1-b3c0-7d32-8e48-8031963741e5', 'Quinn Quarry', 'quinn@quarry.example', 'quinn@quarry.example', 'quinn quarry quinn@quarry.example', 'quinn quarryquinn quarry', 'administrator', '$argon2id$v=19$m=19456,t=2,p=1$ONYxTKSMRjktWKd+qFE0Nw$Bi6pSQ6ntgJXUtRT/uhQ7qaOUXGmqg6s+wXldqL4AT0', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-74e8-9cd6-d13c304c091c', '01a20dc1-b3c0-7d32-8e48-8031963741e5', 'Rita Slate', 'person01@quarry.example', 'person01@quarry.example', 'rita slate person01@quarry.example', 'rita slaterita slate', 'user', '$argon2id$v=19$m=19456,t=2,p=1$ONYxTKSMRjktWKd+qFE0Nw$Bi6pSQ6ntgJXUtRT/uhQ7qaOUXGmqg6s+wXldqL4AT0', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7a27-a216-01aaa45815c0', '01a20dc1-b3c0-7d32-8e48-8031963741e5', 'Sam Flint', 'person02@quarry.example', 'person02@quarry.example', 'sam flint person02@quarry.example', 'sam flintsam flint', 'user', '$argon2id$v=19$m=19456,t=2,p=1$ONYxTKSMRjktWKd+qFE0Nw$Bi6pSQ6ntgJXUtRT/uhQ7qaOUXGmqg6s+wXldqL4AT0', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7e8a-8e9d-4e56a4b780bb', '01a20dc1-b3c0-7d32-8e48-8031963741e5', 'Tess Marl', 'person03@quarry.example', 'person03@quarry.example', 'tess marl person03@quarry.example', 'tess marltess marl', 'user', '$argon2id$v=19$m=19456,t=2,p=1$ONYxTKSMRjktWKd+qFE0Nw$Bi6pSQ6ntgJXUtRT/uhQ7qaOUXGmqg6s+wXldqL4AT0', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-73f1-ac0c-2287bf167902', '01a20dc1-b3c0-7d32-8e48-8031963741e5', 'Uli Chalk', 'person04@quarry.example', 'person04@quarry.example', 'uli chalk person04@quarry.example', 'uli chalkuli chalk', 'user', '$argon2id$v=19$m=19456,t=2,p=1$ONYxTKSMRjktWKd+qFE0Nw$Bi6pSQ6ntgJXUtRT/uhQ7qaOUXGmqg6s+wXldqL4AT0', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7ad2-9846-f51143975104', '01a20dc1-b3c0-7d32-8e48-8031963741e5', 'Vic Shale', 'person05@quarry.example', 'person05@quarry.example', 'vic shale person05@quarry.example', 'vic shalevic shale', 'user', '$argon2id$v=19$m=19456,t=2,p=1$ONYxTKSMRjktWKd+qFE0Nw$Bi6pSQ6ntgJXUtRT/uhQ7qaOUXGmqg6s+wXldqL4AT0', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7340-9527-9b5eeea09184', '01a20dc1-b3c0-70d7-b921-61af226a4b8a', 'Nils Nord', 'person01@heronnord.example', 'person01@heronnord.example', 'nils nord person01@heronnord.example', 'nils nordnils nord', 'administrator', '$argon2id$v=19$m=19456,t=2,p=1$ONYxTKSMRjktWKd+qFE0Nw$Bi6pSQ6ntgJXUtRT/uhQ7qaOUXGmqg6s+wXldqL4AT0', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7e3c-a0b5-125002354705', '01a20dc1-b3c0-70d7-b921-61af226a4b8a', 'Nora Fjell', 'person02@heronnord.example', 'person02@heronnord.example', 'nora fjell person02@heronnord.example', 'nora fjellnora fjell', 'user', '$argon2id$v=19$m=19456,t=2,p=1$ONYxTKSMRjktWKd+qFE0Nw$Bi6pSQ6ntgJXUtRT/uhQ7qaOUXGmqg6s+wXldqL4AT0', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7838-b9e9-8bed60258843', '01a20dc1-b3c0-70d7-b921-61af226a4b8a', 'Odd Vik', 'person03@heronnord.example', 'person03@heronnord.example', 'odd vik person03@heronnord.example', 'odd vikodd vik', 'user', '$argon2id$v=19$m=19456,t=2,p=1$ONYxTKSMRjktWKd+qFE0Nw$Bi6pSQ6ntgJXUtRT/uhQ7qaOUXGmqg6s+wXldqL4AT0', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7eb4-9209-331ebc02aeca', '01a20dc1-b3c0-70d7-b921-61af226a4b8a', 'Pia Sund', 'person04@heronnord.example', 'person04@heronnord.example', 'pia sund person04@heronnord.example', 'pia sundpia sund', 'user', '$argon2id$v=19$m=19456,t=2,p=1$ONYxTKSMRjktWKd+qFE0Nw$Bi6pSQ6ntgJXUtRT/uhQ7qaOUXGmqg6s+wXldqL4AT0', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-791d-a72e-b68faa3af683', '01a20dc1-b3c0-70d7-b921-61af226a4b8a', 'Rolf Nes', 'person05@heronnord.example', 'person05@heronnord.example', 'rolf nes person05@heronnord.example', 'rolf nesrolf nes', 'user', '$argon2id$v=19$m=19456,t=2,p=1$ONYxTKSMRjktWKd+qFE0Nw$Bi6pSQ6ntgJXUtRT/uhQ7qaOUXGmqg6s+wXldqL4AT0', NULL, 1795527128000, NULL, NULL);
INSERT INTO public.users VALUES ('01a20dc1-b3c0-7322-9909-d1756e0915c6', '01a20dc1-b3c0-70d7-b921-61af226a4b8a', 'Siv Lie', 'person06@heronnord.example', 'person06@heronnord.example', 'siv lie person06@heronnord.example', 'siv liesiv lie', 'user', '$argon2id$v=19$m=19456,t=2,p=1$ONYxTKSMRjktWKd+qFE0Nw$Bi6pSQ6ntgJXUtRT/uhQ7qaOUXGmqg6s+wXldqL4AT0', NULL, 1795527128000, NULL, NULL);


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
-- Name: companies companies_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.companies
    ADD CONSTRAINT companies_pkey PRIMARY KEY (id);


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
-- Name: companies_parent_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX companies_parent_id_idx ON public.companies USING btree (parent_id);


--
-- Name: links_reset_id_attempt_key; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX links_reset_id_attempt_key ON public.links USING btree (reset_id, attempt);


--
-- Name: mails_leased_until_of_leased_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX mails_leased_until_of_leased_idx ON public.mails USING btree (leased_until) WHERE (leased_until IS NOT NULL);


--
-- Name: mails_next_try_at_of_waiting_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX mails_next_try_at_of_waiting_idx ON public.mails USING btree (next_try_at) WHERE (state = ANY (ARRAY['queued'::text, 'deferred'::text]));


--
-- Name: mails_reset_id_key; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX mails_reset_id_key ON public.mails USING btree (reset_id);


--
-- Name: resets_company_id_asked_at_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX resets_company_id_asked_at_id_idx ON public.resets USING btree (company_id, asked_at, id);


--
-- Name: resets_replaced_by_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX resets_replaced_by_idx ON public.resets USING btree (replaced_by) WHERE (replaced_by IS NOT NULL);


--
-- Name: resets_user_id_asked_at_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX resets_user_id_asked_at_id_idx ON public.resets USING btree (user_id, asked_at, id);


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
-- Name: companies companies_parent_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.companies
    ADD CONSTRAINT companies_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES public.companies(id);


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
-- Name: resets resets_asked_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.resets
    ADD CONSTRAINT resets_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES public.users(id);


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
-- Name: users users_company_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_company_id_fkey FOREIGN KEY (company_id) REFERENCES public.companies(id);


--
-- PostgreSQL database dump complete
--

\unrestrict soaOrfxDEGWbIRA57m0U6f6VThbGXeE0nrnezJ7PHDo0mxd5bZT4QzutKSgE7Mh

