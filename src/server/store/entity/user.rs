//! Table `users`, deleted people among them.

use sea_orm::entity::prelude::*;

/// A person in a company.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "users")]
pub struct Model {
    /// The user's id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The one company that the person belongs to.
    pub company_id: Uuid,
    /// The name as it is shown.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// The address that mail goes to, as it is shown.
    #[sea_orm(column_type = "Text")]
    pub email: String,
    /// The address normalised: the sign-in name, unique among users that are not deleted.
    #[sea_orm(column_type = "Text")]
    pub email_key: String,
    /// Name and address folded for searching.
    #[sea_orm(column_type = "Text")]
    pub search_key: String,
    /// The name folded for sorting.
    #[sea_orm(column_type = "Text")]
    pub sort_key: String,
    /// `administrator`, `manager`, `user` or `read-only`.
    #[sea_orm(column_type = "Text")]
    pub role: String,
    /// The password's hash in PHC form; none while the user is invited, or deleted.
    #[sea_orm(column_type = "Text", nullable)]
    pub password_hash: Option<String>,
    /// Whether there has ever been one: from the first on, for ever.
    pub has_had_password: bool,
    /// The IANA name of the zone that the person chose for reading times.
    #[sea_orm(column_type = "Text", nullable)]
    pub time_zone: Option<String>,
    /// When the account was created.
    pub created_at: i64,
    /// When the person last signed in with the password.
    pub last_sign_in_at: Option<i64>,
    /// When the account was deleted.
    pub deleted_at: Option<i64>,
}

/// What a user points to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The company that the person belongs to.
    #[sea_orm(
        belongs_to = "super::company::Entity",
        from = "Column::CompanyId",
        to = "super::company::Column::Id"
    )]
    Company,
}

impl Related<super::company::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Company.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
