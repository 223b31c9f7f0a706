create table [session](id integer primary key,`title` text not null default 'a,b);--',"plan" text,'kind' text check (kind in ('x','y') or "kind" is null),check(title<>''),constraint c1 check (plan is not distinct from plan) constraint c2 check (1) unique(title,id)
)
