// Read from a database by `glowplug pull`. It is yours to edit.

diesel::table! {
    #[sql_name = "-- x"]
    x (x_) {
        #[sql_name = "-- x"]
        x_ -> Integer,
        #[sql_name = "/* x */"]
        x__ -> Nullable<Text>,
        #[sql_name = "*/"]
        unnamed -> Nullable<Text>,
        #[sql_name = "a b"]
        a_b_ -> Nullable<Text>,
        a_b -> Nullable<Text>,
        #[sql_name = "a-b"]
        a_b__ -> Nullable<Text>,
        #[sql_name = "columns"]
        columns_ -> Nullable<Text>,
        #[sql_name = "table"]
        table_ -> Nullable<Text>,
        #[sql_name = "star"]
        star_ -> Nullable<Text>,
        #[sql_name = "dsl"]
        dsl_ -> Nullable<Text>,
        #[sql_name = "all_columns"]
        all_columns_ -> Nullable<Text>,
        #[sql_name = "SqlType"]
        SqlType_ -> Nullable<Text>,
        #[sql_name = "diesel"]
        diesel_ -> Nullable<Text>,
        #[sql_name = "glowplug"]
        glowplug_ -> Nullable<Text>,
        #[sql_name = "sql_types"]
        sql_types_ -> Nullable<Text>,
        #[sql_name = "gen"]
        gen_ -> Nullable<Text>,
        #[sql_name = "async"]
        async_ -> Nullable<Text>,
        #[sql_name = "\u{202e}rtl"]
        rtl -> Nullable<Text>,
        #[sql_name = r#"back\slash"#]
        back_slash -> Nullable<Text>,
        #[sql_name = "#"]
        unnamed_ -> Nullable<Text>,
        #[sql_name = r##""#"##]
        unnamed__ -> Nullable<Text>,
        #[sql_name = "{"]
        unnamed___ -> Nullable<Text>,
        #[sql_name = "}"]
        unnamed____ -> Nullable<Text>,
        #[sql_name = ";"]
        unnamed_____ -> Nullable<Text>,
        nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn -> Nullable<Text>,
        #[sql_name = r#"odd "name""#]
        odd_name -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table x {
        x_: unassigned;
        x__: default "1";
        unnamed: default "1";
        a_b_: default "1";
        a_b: default "1";
        a_b__: default "1";
        columns_: default "1";
        table_: default "1";
        star_: default "1";
        dsl_: default "1";
        all_columns_: default "1";
        SqlType_: default "1";
        diesel_: default "1";
        glowplug_: default "1";
        sql_types_: default "1";
        gen_: default "1";
        async_: default "1";
        rtl: default "1";
        back_slash: default "1";
        unnamed_: default "1";
        unnamed__: default "1";
        unnamed___: default "1";
        unnamed____: default "1";
        unnamed_____: default "1";
        nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn: default "1";
        odd_name: default "1";
        unique "-- x" (x_, x__);
        check r#""/* x */" <> 'x'"#;
        foreign key (x__) references "/* x */" ("/* x */");
        index "i /* x */" (x_ desc, x__);
    }
}

diesel::table! {
    #[sql_name = "async"]
    async_ (async__) {
        #[sql_name = "async"]
        async__ -> Integer,
        #[sql_name = "\u{202e}rtl"]
        rtl -> Nullable<Text>,
        #[sql_name = r#"back\slash"#]
        back_slash -> Nullable<Text>,
        #[sql_name = "#"]
        unnamed -> Nullable<Text>,
        #[sql_name = r##""#"##]
        unnamed_ -> Nullable<Text>,
        #[sql_name = "{"]
        unnamed__ -> Nullable<Text>,
        #[sql_name = "}"]
        unnamed___ -> Nullable<Text>,
        #[sql_name = ";"]
        unnamed____ -> Nullable<Text>,
        nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn -> Nullable<Text>,
        #[sql_name = r#"odd "name""#]
        odd_name -> Nullable<Text>,
        #[sql_name = "it's"]
        it_s -> Nullable<Text>,
        #[sql_name = "a]b"]
        a_b -> Nullable<Text>,
        #[sql_name = "`tick`"]
        tick -> Nullable<Text>,
        #[sql_name = "new
line"]
        new_line -> Nullable<Text>,
        #[sql_name = "carriage\rreturn"]
        carriage_return -> Nullable<Text>,
        #[sql_name = "🚂"]
        unnamed_____ -> Nullable<Text>,
        #[sql_name = "🚃"]
        unnamed______ -> Nullable<Text>,
        select -> Nullable<Text>,
        #[sql_name = "type"]
        type_ -> Nullable<Text>,
        #[sql_name = "self"]
        self_ -> Nullable<Text>,
        #[sql_name = "crate"]
        crate_ -> Nullable<Text>,
        #[sql_name = "_"]
        unnamed_______ -> Nullable<Text>,
        #[sql_name = "__"]
        unnamed________ -> Nullable<Text>,
        #[sql_name = "__x"]
        __x_ -> Nullable<Text>,
        #[sql_name = "1st"]
        _1st -> Nullable<Text>,
        #[sql_name = "-- x"]
        x -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table async_ {
        async__: unassigned;
        rtl: default "1";
        back_slash: default "1";
        unnamed: default "1";
        unnamed_: default "1";
        unnamed__: default "1";
        unnamed___: default "1";
        unnamed____: default "1";
        nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn: default "1";
        odd_name: default "1";
        it_s: default "1";
        a_b: default "1";
        tick: default "1";
        new_line: default "1";
        carriage_return: default "1";
        unnamed_____: default "1";
        unnamed______: default "1";
        select: default "1";
        type_: default "1";
        self_: default "1";
        crate_: default "1";
        unnamed_______: default "1";
        unnamed________: default "1";
        __x_: default "1";
        _1st: default "1";
        x: default "1";
        unique "async" (async__, rtl);
        check "\"\u{202e}rtl\" <> 'x'";
        foreign key (rtl) references "\u{202e}rtl" ("\u{202e}rtl");
        index "i \u{202e}rtl" (async__ desc, rtl);
    }
}

diesel::table! {
    nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn (nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_) {
        #[sql_name = "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn"]
        nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_ -> Integer,
        #[sql_name = r#"odd "name""#]
        odd_name -> Nullable<Text>,
        #[sql_name = "it's"]
        it_s -> Nullable<Text>,
        #[sql_name = "a]b"]
        a_b_ -> Nullable<Text>,
        #[sql_name = "`tick`"]
        tick -> Nullable<Text>,
        #[sql_name = "new
line"]
        new_line -> Nullable<Text>,
        #[sql_name = "carriage\rreturn"]
        carriage_return -> Nullable<Text>,
        #[sql_name = "🚂"]
        unnamed -> Nullable<Text>,
        #[sql_name = "🚃"]
        unnamed_ -> Nullable<Text>,
        select -> Nullable<Text>,
        #[sql_name = "type"]
        type_ -> Nullable<Text>,
        #[sql_name = "self"]
        self_ -> Nullable<Text>,
        #[sql_name = "crate"]
        crate_ -> Nullable<Text>,
        #[sql_name = "_"]
        unnamed__ -> Nullable<Text>,
        #[sql_name = "__"]
        unnamed___ -> Nullable<Text>,
        #[sql_name = "__x"]
        __x_ -> Nullable<Text>,
        #[sql_name = "1st"]
        _1st -> Nullable<Text>,
        #[sql_name = "-- x"]
        x -> Nullable<Text>,
        #[sql_name = "/* x */"]
        x_ -> Nullable<Text>,
        #[sql_name = "*/"]
        unnamed____ -> Nullable<Text>,
        #[sql_name = "a b"]
        a_b__ -> Nullable<Text>,
        a_b -> Nullable<Text>,
        #[sql_name = "a-b"]
        a_b___ -> Nullable<Text>,
        #[sql_name = "columns"]
        columns_ -> Nullable<Text>,
        #[sql_name = "table"]
        table_ -> Nullable<Text>,
        #[sql_name = "star"]
        star_ -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn {
        nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_: unassigned;
        odd_name: default "1";
        it_s: default "1";
        a_b_: default "1";
        tick: default "1";
        new_line: default "1";
        carriage_return: default "1";
        unnamed: default "1";
        unnamed_: default "1";
        select: default "1";
        type_: default "1";
        self_: default "1";
        crate_: default "1";
        unnamed__: default "1";
        unnamed___: default "1";
        __x_: default "1";
        _1st: default "1";
        x: default "1";
        x_: default "1";
        unnamed____: default "1";
        a_b__: default "1";
        a_b: default "1";
        a_b___: default "1";
        columns_: default "1";
        table_: default "1";
        star_: default "1";
        unique nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn (nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_, odd_name);
        check r#""odd ""name""" <> 'x'"#;
        foreign key (odd_name) references odd_name (odd_name_);
        index r#"i odd "name""# (nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_ desc, odd_name);
    }
}

diesel::table! {
    #[sql_name = r#"odd "name""#]
    odd_name (odd_name_) {
        #[sql_name = r#"odd "name""#]
        odd_name_ -> Integer,
        #[sql_name = "it's"]
        it_s -> Nullable<Text>,
        #[sql_name = "a]b"]
        a_b_ -> Nullable<Text>,
        #[sql_name = "`tick`"]
        tick -> Nullable<Text>,
        #[sql_name = "new
line"]
        new_line -> Nullable<Text>,
        #[sql_name = "carriage\rreturn"]
        carriage_return -> Nullable<Text>,
        #[sql_name = "🚂"]
        unnamed -> Nullable<Text>,
        #[sql_name = "🚃"]
        unnamed_ -> Nullable<Text>,
        select -> Nullable<Text>,
        #[sql_name = "type"]
        type_ -> Nullable<Text>,
        #[sql_name = "self"]
        self_ -> Nullable<Text>,
        #[sql_name = "crate"]
        crate_ -> Nullable<Text>,
        #[sql_name = "_"]
        unnamed__ -> Nullable<Text>,
        #[sql_name = "__"]
        unnamed___ -> Nullable<Text>,
        #[sql_name = "__x"]
        __x_ -> Nullable<Text>,
        #[sql_name = "1st"]
        _1st -> Nullable<Text>,
        #[sql_name = "-- x"]
        x -> Nullable<Text>,
        #[sql_name = "/* x */"]
        x_ -> Nullable<Text>,
        #[sql_name = "*/"]
        unnamed____ -> Nullable<Text>,
        #[sql_name = "a b"]
        a_b__ -> Nullable<Text>,
        a_b -> Nullable<Text>,
        #[sql_name = "a-b"]
        a_b___ -> Nullable<Text>,
        #[sql_name = "columns"]
        columns_ -> Nullable<Text>,
        #[sql_name = "table"]
        table_ -> Nullable<Text>,
        #[sql_name = "star"]
        star_ -> Nullable<Text>,
        #[sql_name = "dsl"]
        dsl_ -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table odd_name {
        odd_name_: unassigned;
        it_s: default "1";
        a_b_: default "1";
        tick: default "1";
        new_line: default "1";
        carriage_return: default "1";
        unnamed: default "1";
        unnamed_: default "1";
        select: default "1";
        type_: default "1";
        self_: default "1";
        crate_: default "1";
        unnamed__: default "1";
        unnamed___: default "1";
        __x_: default "1";
        _1st: default "1";
        x: default "1";
        x_: default "1";
        unnamed____: default "1";
        a_b__: default "1";
        a_b: default "1";
        a_b___: default "1";
        columns_: default "1";
        table_: default "1";
        star_: default "1";
        dsl_: default "1";
        unique r#"odd "name""# (odd_name_, it_s);
        check r#""it's" <> 'x'"#;
        foreign key (it_s) references "it's" ("it's");
        index "i it's" (odd_name_ desc, it_s);
    }
}

diesel::table! {
    select (select_) {
        #[sql_name = "select"]
        select_ -> Integer,
        #[sql_name = "type"]
        type_ -> Nullable<Text>,
        #[sql_name = "self"]
        self_ -> Nullable<Text>,
        #[sql_name = "crate"]
        crate_ -> Nullable<Text>,
        #[sql_name = "_"]
        unnamed -> Nullable<Text>,
        #[sql_name = "__"]
        unnamed_ -> Nullable<Text>,
        #[sql_name = "__x"]
        __x_ -> Nullable<Text>,
        #[sql_name = "1st"]
        _1st -> Nullable<Text>,
        #[sql_name = "-- x"]
        x -> Nullable<Text>,
        #[sql_name = "/* x */"]
        x_ -> Nullable<Text>,
        #[sql_name = "*/"]
        unnamed__ -> Nullable<Text>,
        #[sql_name = "a b"]
        a_b_ -> Nullable<Text>,
        a_b -> Nullable<Text>,
        #[sql_name = "a-b"]
        a_b__ -> Nullable<Text>,
        #[sql_name = "columns"]
        columns_ -> Nullable<Text>,
        #[sql_name = "table"]
        table_ -> Nullable<Text>,
        #[sql_name = "star"]
        star_ -> Nullable<Text>,
        #[sql_name = "dsl"]
        dsl_ -> Nullable<Text>,
        #[sql_name = "all_columns"]
        all_columns_ -> Nullable<Text>,
        #[sql_name = "SqlType"]
        SqlType_ -> Nullable<Text>,
        #[sql_name = "diesel"]
        diesel_ -> Nullable<Text>,
        #[sql_name = "glowplug"]
        glowplug_ -> Nullable<Text>,
        #[sql_name = "sql_types"]
        sql_types_ -> Nullable<Text>,
        #[sql_name = "gen"]
        gen_ -> Nullable<Text>,
        #[sql_name = "async"]
        async_ -> Nullable<Text>,
        #[sql_name = "\u{202e}rtl"]
        rtl -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table select {
        select_: unassigned;
        type_: default "1";
        self_: default "1";
        crate_: default "1";
        unnamed: default "1";
        unnamed_: default "1";
        __x_: default "1";
        _1st: default "1";
        x: default "1";
        x_: default "1";
        unnamed__: default "1";
        a_b_: default "1";
        a_b: default "1";
        a_b__: default "1";
        columns_: default "1";
        table_: default "1";
        star_: default "1";
        dsl_: default "1";
        all_columns_: default "1";
        SqlType_: default "1";
        diesel_: default "1";
        glowplug_: default "1";
        sql_types_: default "1";
        gen_: default "1";
        async_: default "1";
        rtl: default "1";
        unique select (select_, type_);
        check r#""type" <> 'x'"#;
        foreign key (type_) references "type" ("type");
        index "i type" (select_ desc, type_);
    }
}

diesel::table! {
    #[sql_name = "star"]
    star_ (star__) {
        #[sql_name = "star"]
        star__ -> Integer,
        #[sql_name = "dsl"]
        dsl_ -> Nullable<Text>,
        #[sql_name = "all_columns"]
        all_columns_ -> Nullable<Text>,
        #[sql_name = "SqlType"]
        SqlType_ -> Nullable<Text>,
        #[sql_name = "diesel"]
        diesel_ -> Nullable<Text>,
        #[sql_name = "glowplug"]
        glowplug_ -> Nullable<Text>,
        #[sql_name = "sql_types"]
        sql_types_ -> Nullable<Text>,
        #[sql_name = "gen"]
        gen_ -> Nullable<Text>,
        #[sql_name = "async"]
        async_ -> Nullable<Text>,
        #[sql_name = "\u{202e}rtl"]
        rtl -> Nullable<Text>,
        #[sql_name = r#"back\slash"#]
        back_slash -> Nullable<Text>,
        #[sql_name = "#"]
        unnamed -> Nullable<Text>,
        #[sql_name = r##""#"##]
        unnamed_ -> Nullable<Text>,
        #[sql_name = "{"]
        unnamed__ -> Nullable<Text>,
        #[sql_name = "}"]
        unnamed___ -> Nullable<Text>,
        #[sql_name = ";"]
        unnamed____ -> Nullable<Text>,
        nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn -> Nullable<Text>,
        #[sql_name = r#"odd "name""#]
        odd_name -> Nullable<Text>,
        #[sql_name = "it's"]
        it_s -> Nullable<Text>,
        #[sql_name = "a]b"]
        a_b -> Nullable<Text>,
        #[sql_name = "`tick`"]
        tick -> Nullable<Text>,
        #[sql_name = "new
line"]
        new_line -> Nullable<Text>,
        #[sql_name = "carriage\rreturn"]
        carriage_return -> Nullable<Text>,
        #[sql_name = "🚂"]
        unnamed_____ -> Nullable<Text>,
        #[sql_name = "🚃"]
        unnamed______ -> Nullable<Text>,
        select -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table star_ {
        star__: unassigned;
        dsl_: default "1";
        all_columns_: default "1";
        SqlType_: default "1";
        diesel_: default "1";
        glowplug_: default "1";
        sql_types_: default "1";
        gen_: default "1";
        async_: default "1";
        rtl: default "1";
        back_slash: default "1";
        unnamed: default "1";
        unnamed_: default "1";
        unnamed__: default "1";
        unnamed___: default "1";
        unnamed____: default "1";
        nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn: default "1";
        odd_name: default "1";
        it_s: default "1";
        a_b: default "1";
        tick: default "1";
        new_line: default "1";
        carriage_return: default "1";
        unnamed_____: default "1";
        unnamed______: default "1";
        select: default "1";
        unique star (star__, dsl_);
        check r#""dsl" <> 'x'"#;
        foreign key (dsl_) references "dsl" ("dsl");
        index "i dsl" (star__ desc, dsl_);
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    x,
    async_,
    nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn,
    odd_name,
    select,
    star_,
);

// Worth a look, since it does not do what it seems to:
// the index `i /* x */` of `-- x` is one too many: a key or unique constraint has an index over the same columns already
// the foreign key of `-- x` (/* x */) refers to `/* x */`, which is not there
// the index `i \u{202e}rtl` of `async` is one too many: a key or unique constraint has an index over the same columns already
// the foreign key of `async` (\u{202e}rtl) refers to `\u{202e}rtl`, which is not there
// the index `i odd "name"` of `nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn` is one too many: a key or unique constraint has an index over the same columns already
// the index `i it's` of `odd "name"` is one too many: a key or unique constraint has an index over the same columns already
// the foreign key of `odd "name"` (it's) refers to `it's`, which is not there
// the index `i type` of `select` is one too many: a key or unique constraint has an index over the same columns already
// the foreign key of `select` (type) refers to `type`, which is not there
// the index `i dsl` of `star` is one too many: a key or unique constraint has an index over the same columns already
// the foreign key of `star` (dsl) refers to `dsl`, which is not there
