// The demo's fixed data, as the documentation names it.

/** The password of every active account of the demo. */
export const PASSWORD = "lantern-orbit-velvet-27";
/** One that the rules accept. */
export const NEW_PASSWORD = "copper window ninety gulls";
/** One that is too short. */
export const SHORT_PASSWORD = "too short";

export const COMPANY = "Blue Heron Logistics";
/** People of it that lists show: deleted ones are left out. */
export const PEOPLE = 45;

/** The company linked to it as its child, which Max has access to. */
export const NORD = "Heron Nord";

export type Person = { name: string; email: string };

export const ADA: Person = { name: "Ada Admin", email: "ada@blueheron.example" };
export const MAX: Person = { name: "Max Manager", email: "max@blueheron.example" };
export const UMA: Person = { name: "Uma User", email: "uma@blueheron.example" };
export const ROB: Person = { name: "Rob Reader", email: "rob@blueheron.example" };
export const IVY: Person = { name: "Ivy Invited", email: "ivy@blueheron.example" };
/** Administrator of Quarry Foods, which has nothing to do with the others' company. */
export const QUINN: Person = { name: "Quinn Quarry", email: "quinn@quarry.example" };
/** Deleted: only the filter `Deleted` shows them. */
export const DEL: Person = { name: "Del Deleted", email: "del@blueheron.example" };

/** Whose newest reset shows which badge when the demo starts. */
export const BADGES: readonly (readonly [badge: string, person: Person])[] = [
  ["Mail accepted", { name: "Agnes Lindqvist", email: "person01@blueheron.example" }],
  ["Mail delayed", { name: "Ágnes Szabó", email: "person02@blueheron.example" }],
  ["Mail refused", { name: "Amara Okafor", email: "person03@blueheron.example" }],
  ["Password changed", { name: "Anton Weiss", email: "person04@blueheron.example" }],
  ["Expired", { name: "Beatriz Moura", email: "person05@blueheron.example" }],
  ["Revoked", { name: "Bo Chen", email: "person06@blueheron.example" }],
  ["Cancelled", { name: "Carla Rossi", email: "person07@blueheron.example" }],
];
