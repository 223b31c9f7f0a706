diesel::table! {
    #[sql_name = "User"]
    user (id) {
        id -> Integer,
        #[sql_name = "firstName"]
        first_name -> Text,
        #[sql_name = "E_Mail"]
        email -> Text,
        #[sql_name = "Born"]
        born -> Nullable<Date>,
    }
}

glowplug::ddl! {
    table user {
        index "User_Mail" (email);
    }
}
