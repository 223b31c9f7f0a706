diesel::table! {
    #[sql_name = "User"]
    user (id) {
        id -> Integer,
        #[sql_name = "firstName"]
        first_name -> Nullable<Text>,
        #[sql_name = "E_Mail"]
        email -> Text,
    }
}

glowplug::ddl! {
    table user {
        index "User_Mail" (email);
    }
}
