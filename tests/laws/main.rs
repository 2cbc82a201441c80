//! The laws of the method: what each aggregate does with a command, said as given, when, then; and what no
//! sequence of commands can break.

mod acts;
mod cast;
mod given;
mod lives;

mod accumulation;
mod addendum;
mod analysis;
mod area;
mod compilation;
mod complete;
mod cycle;
mod distribution;
mod draft;
mod every_life;
mod every_right;
mod function;
mod guard;
mod intervention;
mod item;
mod organisation;
mod picture;
mod pledge;
mod prioritisation;
mod problem;
mod programme;
mod renewal;
mod report;
mod rescreening;
mod silence;
mod text;
mod timeline;
mod warning;
