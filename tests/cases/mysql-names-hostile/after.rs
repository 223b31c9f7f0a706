diesel::table! {
    #[sql_name = "a `b` c"]
    odd (id) {
        id -> Integer,
        #[sql_name = "it's; --"]
        quote -> Varchar,
        #[sql_name = "64 letters long, exactly as many as MySQL takes, not one more..."]
        long -> Nullable<BigInt>,
        #[sql_name = "back\\slash"]
        slash -> Nullable<Integer>,
    }
}

glowplug::ddl! {
    table odd {
        quote: default "'/* \\\\ */'", comment "-- \\ `x`";
        unique (slash);
        check "no; --" "`it's; --` <> ''";
        index "in `dex`" (quote, long);
    }
}
