//! Customer Focus: how much time people spend with customers, whether managers coach, and how strong internal
//! networks are, from a person-query export of Viva Insights or Workplace Analytics.
//!
//! This page is **the map of the house**. Every room is a module; a room is made of what a line in it *knows*.
//!
//! # The rooms
//!
//! Knows no screen, no clock, no dialog:
//!
//! | room | holds |
//! |---|---|
//! | [`stats`] | arithmetic with no people in it: shares, intervals, quantiles, means, funnels, chance |
//! | [`text`] | numbers, dates, names and lists in words, as the reader's system writes them; sentences that wait for it |
//! | [`work`] | long work: tasks, progress, cancel; the only room that starts threads |
//! | [`dataset`] | what is in memory: people by period, column-wise; filter to selection |
//! | [`import`] | bytes to a dataset, and a report of every row and cell that was set aside |
//! | [`sample`] | the sample company, generated |
//! | [`insights`] | one file an insight: definition, formula, tests; groups; intervals. All of it unpublished |
//! | [`quality`] | the data check: findings about files and people, one verdict an insight |
//! | [`privacy`] | the only door out: an answer comes out [`Published`](privacy::Published) or [`Hidden`](privacy::Hidden) |
//! | [`guidance`] | typed access to the texts in `assets/guidance`; contains no advice itself |
//! | [`project`] | what people make and keep: their edits, their rules, the project file |
//! | [`report`] | files to hand out: pages that print, and tables |
//!
//! Knows what the person is doing; still no egui:
//!
//! | room | holds |
//! |---|---|
//! | [`workbench`] | commands in, jobs out, results by ticket, routes, notices, and every [sentence](workbench::wording) |
//! | [`cli`] | the same results without a window: tables, JSON, CSV |
//!
//! The screen (egui lives under [`ui`] and nowhere else):
//!
//! | room | holds |
//! |---|---|
//! | [`ui::theme`] | tokens to egui style, fonts; the only colors and sizes |
//! | [`ui::widgets`] | reusable, know no domain; a chart is model, layout, paint |
//! | [`ui::offscreen`] | any egui code to a picture, without a window |
//! | [`ui::views`] | one file or folder a screen: they look, and send commands |
//! | [`ui::app`] | the window: receive and decide, then draw; jobs, dialogs, shortcuts, preferences |
//!
//! # From "Open export..." to the picture
//!
//! ```text
//! "Open export..."   ui::views sends Command::File(FileCommand::Pick)
//! App::logic         Workbench::run -> Job::PickFiles -> ui::app::dialogs, which never blocks the window
//!                    -> FileCommand::Open(paths) -> Job::Import
//!                    -> workbench::execute on a work::Task: import reads, counts into Progress, looks at Cancel
//!                    then insights::Panel looks at every row once and keeps what no question changes
//! done               Workbench::receive keeps the Arc<Opened> (dataset, panel and report) -> Job::Evaluate
//!                    -> a task again: insights compute, quality looks, privacy publishes -> Results.
//!                    The previous results stay on screen, marked as updating; an answer with an old ticket is dropped
//! frame              ui::views reads the latest Results and draws; clicks become commands
//! picture            ui::offscreen draws the same view again, for the clipboard and for files
//! command line       cli: workbench::open, workbench::evaluate, print. The same functions, the same numbers
//! ```
//!
//! A project's file: [`ProjectCommand`](workbench::ProjectCommand) -> [`ProjectJob`](workbench::ProjectJob), done on a
//! task by [`project::store`] -> [`ProjectDone`](workbench::ProjectDone). What its members mean stands at
//! [`project::document`].
//!
//! Three kinds of state: the [project](project::Project) (saved, a versioned file), the
//! [workbench](workbench::Workbench) (route, question, results, notices), and the trivial (scroll places, open nodes:
//! egui's memory). What changes a number is a part of the
//! [question](privacy::Question); every change of it and every [edit](project::Edit) of the project is a
//! [step](workbench::Step) that can be taken back by its name; what changes only looks is a preference.
//!
//! # Main types
//!
//! [`Dataset`](dataset::Dataset) (immutable; the order of its rows is private to it),
//! [`Metric`](dataset::Metric), [`Attribute`](dataset::Attribute), [`Filter`](dataset::Filter) which gives a
//! [`Selection`](dataset::Selection), [`GroupBy`](dataset::GroupBy) (one attribute or two). [`Imported`](import::Imported), [`ImportReport`](import::ImportReport),
//! [`ImportIssue`](import::ImportIssue). [`Panel`](insights::Panel) (a dataset with what questions about it have in
//! common), [`Behavior`](insights::Behavior), [`InsightId`](insights::InsightId),
//! [`Unavailable`](insights::Unavailable) (a reason, not a failure). [`Finding`](quality::Finding),
//! [`Verdict`](quality::Verdict). [`Question`](privacy::Question), [`Rules`](privacy::Rules),
//! [`Published`](privacy::Published), [`Hidden`](privacy::Hidden). [`Workbench`](workbench::Workbench),
//! [`Command`](workbench::Command), [`Job`](workbench::Job), [`Results`](workbench::Results),
//! [`Notice`](workbench::Notice), [`Loadable`](workbench::Loadable). [`Task`](work::Task) (dropping it cancels),
//! [`Progress`](work::Progress), [`Cancel`](work::Cancel). No bare floats across rooms:
//! [`Share`](stats::Share), [`Interval`](stats::Interval), whole seconds.
//!
//! # Who may use whom
//!
//! A room may use itself and what is listed, nothing else; where items are named, only those ("types" stands for
//! every type, and no function). `tests/architecture.rs` reads this very table and the `crate::` paths of every
//! file, and fails on any other. Where the code shows a better line, change it here and say why in the commit.
//!
//! | room | may use |
//! |---|---|
//! | [`stats`] | nothing of ours |
//! | [`work`] | nothing of ours |
//! | [`text`] | [`stats`] |
//! | [`dataset`] | [`stats`], [`work`] (only `each`, `together`) |
//! | [`import`] | [`dataset`], [`stats`], [`text`], [`work`] |
//! | [`sample`] | [`dataset`], [`stats`], [`work`] |
//! | [`insights`] | [`dataset`], [`stats`], [`work`] (only `cores`, `each`) |
//! | [`quality`] | [`dataset`], [`stats`], [`text`], [`insights`] (only `Badge`, `Behavior`, `InsightId`, `Unavailable`, `compare`), [`import`] (only types) |
//! | [`privacy`] | [`insights`], [`dataset`], [`stats`], [`work`] (only `cores`, `each`), [`text`] (only `Locale`, `Sentence`), [`quality`] (only `Concern`, `Finding`, `LeaveOut`, `Severity`), [`import`] (only `Holds`, `Survey`) |
//! | [`guidance`] | [`insights`] (only `Behavior`) |
//! | [`project`] | [`insights`] (only `Behavior`, `GroupName`, `InsightId`, `Settings`), [`dataset`] (only `AttributeFilter`, `Filter`, `GroupBy`), [`stats`], [`text`] |
//! | [`report`] | [`project`], [`dataset`] (only `GroupBy`, `GroupValue`), [`guidance`], [`text`], [`privacy`] (only types), [`work`] (only types), [`workbench`] (only `ContactResults`, `Explored`, `wording`) |
//! | [`workbench`] | [`project`], [`privacy`], [`quality`], [`import`], [`sample`], [`dataset`], [`guidance`], [`text`], [`stats`], [`insights`] (only `Behavior`, `GroupName`, `InsightId`, `Panel`), [`work`] (only `Cancel`, `Progress`, `give_memory_back`, `together`) |
//! | [`cli`] | [`workbench`], [`report`] (only `explored_table`), [`project`], [`sample`], [`text`], [`work`], [`import`] (only types), [`dataset`] (only `AttributeFilter`, `CellCounts`, `Dataset`, `Era`, `Filter`, `Grain`, `GroupBy`, `GroupByProblem`, `GroupValue`, `OnConflict`, `same_name`), [`insights`] (only `GroupName`, `InsightId`, `Settings`), [`quality`] (only `Concern`, `LeaveOut`, `Severity`), [`privacy`] (only types) |
//! | [`ui::theme`] | nothing of ours |
//! | [`ui::widgets`] | [`ui::theme`], [`text`] |
//! | [`ui::offscreen`] | [`ui::theme`], [`ui::widgets`] |
//! | [`ui::views`] | [`workbench`], [`project`], [`report`], [`guidance`], [`text`], [`ui::theme`], [`ui::widgets`], [`dataset`] (only `AttributeFilter`, `Era`, `Filter`, `Grain`, `GroupBy`, `GroupValue`, `Metric`), [`import`] (only types), [`insights`] (only `Behavior`, `GroupName`, `InsightId`), [`quality`] (only types), [`privacy`] (only types) |
//! | [`ui::app`] | everything |
//!
//! Why these lines: `dataset` puts the columns of a file to their places side by side, because it is a third of what opening a
//! file takes after its bytes are read; `insights` and `privacy` look at insights, metrics and periods side by side, because
//! somebody waits for their answer. `quality` judges by what became of an insight, so it sees an insight's badges and reasons and
//! none of its numbers; of `compare` it uses the rule that finds holiday weeks, so that there is one. `workbench`, `cli` and views see of `insights` only names and settings: the numbers come to
//! them through `privacy`. The workbench reads the clock once, to tell dates of the far future, when it
//! [opens](workbench::open) a file; nothing below it has one.
//!
//! # Never
//!
//! 1. egui or eframe outside `ui/`; a file dialog outside `ui/app/dialogs.rs`; `std::thread` outside `work/`; a color
//!    literal outside `ui/theme/`; advice for leaders in `.rs`.
//! 2. [`insights`] reads no file, clock, environment or hidden setting: the same selection and the same settings give
//!    the same number for ever.
//! 3. [`import`] never interprets a number; [`insights`] never spells a column.
//! 4. A value computed from people that has not passed [`privacy`] never reaches a view, a picture, the clipboard, the
//!    accessibility tree, a log or JSON. Only `privacy` can make a `Published`; a test that must not compile says so.
//! 5. [`project`] never holds a dataset: it opens without the export that it was made from.
//! 6. Views never compute a share, never touch the file system, threads or dialogs, never change the workbench: they
//!    send commands, which run one after the other after drawing.
//! 7. The window never waits: no slow work, no lock held across work, no sleep, no blocking dialog.
//! 8. Nothing that came from a file is unwrapped, expected or indexed; the reader reports, sets aside and goes on.
//! 9. No network code, ever.
//!
//! # Where does a line belong?
//!
//! | question | room |
//! |---|---|
//! | Does it draw? | [`ui::widgets`] if any application could use it, [`ui::views`] if it names our things |
//! | Does it know the window, a dialog? | [`ui::app`] |
//! | Does it know a thread? | [`work`] |
//! | What is the person doing now? | [`workbench`] |
//! | How was a number made? | [`workbench::prove`]; a view only says [which number](workbench::Number) it shows |
//! | A sentence about a number? | [`workbench::wording`], once, for window, table and JSON |
//! | A definition that a domain expert could dispute? | [`insights`] |
//! | How do files look? | [`import`]; what headers are called: `assets/columns.toml` |
//! | Is something odd about a file? | [`quality`] |
//! | May a number be seen? | [`privacy`] |
//! | Only arithmetic? | [`stats`] |
//! | Did somebody make it? | [`project`] |
//! | A sentence of advice? | `assets/guidance` |
//!
//! The module doc of each insight repeats the sentence that stands on the screen, word for word, so that a search
//! from the screen lands on the formula.
//!
//! # Readings
//!
//! Where the written definitions leave a choice, this is how it was settled.
//!
//! * Hours are hours a period: a week's hours of a file of weeks, a month's of a file of months.
//! * A row without a manager leaves all coaching measures, row by row; the person's other rows stay.
//! * Coaching style counts a person's month only when every cell that it needs can be read.
//! * Where no month is complete, the Workplace Analytics reading of coaching (`coaching_under_15_min_wpa`) uses the
//!   partial months too, scaled like the headline's.
//! * A day that cannot be read is left out of its week; the other days are summed.
//! * External hours over zero collaboration hours are a share of 1: the cells disagree, and the external one is kept.
//!   Without either kind of hours the share is 0.
//! * The boundary of the top quartile of hours (`external_hours_top_quartile`) is one of each person's sum of hours.
//! * The interval of a share is clipped to 0 to 1, the interval of a difference is not clipped.
//! * A group of whom all or none are counted has no spread of its own. In the list of groups to focus on and in its rank
//!   bands such a group is clear only if it is with the width of Wilson's interval added to the standard error, else
//!   six people of six would crown the smallest of equal groups. `difference_low` and `difference_high` stay the formula.
//! * In rank bands *clear* means clear among all pairs of the candidates at once (Sidak), because any of them could have come
//!   first: else of four groups of equal rate one would be told apart in one company of eight. With two candidates that is
//!   the 95 % interval.
//! * Which marked groups could be chance is the false discovery rate over the shown groups of one attribute
//!   (`insights::focus`); the limits of the funnel are exact binomial ones with the company's own spread
//!   ([`stats::Funnel`]).
//! * A share's range of more than 50 points, and a difference's that includes zero, read "cannot tell".
//! * Low activity is a person's own: it is judged over all of the person's weeks in the file, before any filter. Judged by
//!   the range, two ranges would differ by one person, and in a week of both that person's hours would follow.
//! * A filter that names a hidden value, or one that was joined to the hidden ones, is not answered.
//! * A group that is hidden by the number of people with a row in it is hidden in every insight, even where an
//!   insight measures enough of them or nobody else.
//! * When a hidden group takes the next smallest with it, ties of size go by name.
//! * The next smallest joins hidden groups also where their number would say that each of them is one person, or k - 1.
//! * Groups of two attributes are a table: what is hidden is decided in each of its rows and columns, as in the
//!   breakdown of one attribute within one value of the other. The order of the two changes names only.
//! * A group of two attributes is customer-facing where either of its values is marked.
//! * Of initiatives, working days are Monday to Friday. The planned duration and a slip are working days after the start
//!   and after the due date at baseline; elapsed time runs from the start to the current due date. Before the first
//!   update the start counts as one. In progress without a due date is at risk. Done without a day is done late. On hold
//!   and stopped are statuses of their own. A status set by hand counts while the initiative is in progress.
//! * "What if" raises each person-month that counts and has less 1:1 time than the lever; added hours are means over
//!   person-months. A manager's hours a week are people per manager times the lever's hours a month, by four weeks.
//! * The baseline of a plan is the last twelve weeks before its start that the export has (three months of a file of
//!   months). Holiday weeks are those that somebody leaves out with the filter.
//! * The pace of a plan is that of the last week measured. Its mean per person and week is the mean of its metric: for
//!   each person first, then over people. A plan that maintains is held against the range of 5 % around its baseline.
//! * The reliability of a group chosen for its number: the variance between the shown groups of its attribute is what
//!   their values vary beyond the mean of their sampling variances; the sampling variance is the group's own.
//! * Joiners and leavers of a plan are told together, when each are nobody or enough: either follows from the other.
//! * Of somebody who withdrew as a go-to contact only the day is kept; answers of before that day, from people who are
//!   not on the list, are set aside. A consent without a last day ends after twelve months. Whoever is in a kept version
//!   and no longer in the project withdrew, because people leave it in no other way: the next save takes them out.
//! * A decision whose plan or initiative was deleted is open again.
//! * Person queries in one archive or workbook are stacked where their headers are the same and they have no period in
//!   common, as parts of one export; else somebody chooses. A file in a folder that is no export is left out.
//! * Each column of numbers goes by its own decimal mark; hours and minutes are read where a whole column is so. Marks
//!   that nobody sees, kinds of spaces and the composition of letters tell no names and no identifiers apart. Below an
//!   empty line a line of two words or more without number or date starts another table, which is not read.
//! * Days with a time of day are the days as written. Periods are days where most follow each other within three days.
//! * A file that is chosen in the place of a missing export is the same when its SHA-256 is; another one is shown, and
//!   the project goes on naming the missing one until somebody says that it counts.
//! * A period of an export of time with contacts belongs to the month of its first day. Pace counts Monday to Friday to
//!   the last day of the export's last period in the month, or to today where that is earlier. Drift needs fifteen
//!   whole months. The look-back of 12 weeks takes every period that reaches into it.
//! * Hours of an account are not shown where one person gives over half; further accounts are hidden with it until the
//!   hidden hours together are not mostly one person's. A kind of which that holds is told with the unknown.
//! * A comparison of periods leaves out weeks that the file cuts at its edges, of everyone in the whole file, for every
//!   metric; both windows have as many weeks as the other after what is left out. Internal hours are collaboration less
//!   external hours row by row, never under zero. Network sizes need windows of four weeks. The range of a filter does
//!   not count there.
//! * The verdict of a change is on the relative one, and *held steady* goes first: a change that is clear and within the
//!   margin is steady. Where the mean before is zero it is on the absolute one. Two cohorts differ clearly where they
//!   do among all pairs of the cohorts at once (Sidak); everyone is in no pair.
//! * The same people of two windows leave people out: of every metric those measured in one window only are decided on
//!   like people whom a switch moves, and the same people are not told where any of them could follow.
//! * A holiday week has a fifth fewer collaboration hours in all than the median of the twelve weeks around it, and is
//!   farther below it than four and a half times the scaled median distance of the file's weeks from theirs: at most one
//!   file in a hundred without holidays names any, however much its weeks vary; where they vary so much that a week with a
//!   third less could be chance, the data check says so. The window leaves such weeks out of a comparison until somebody
//!   puts them back; the command line leaves out what it is told to.
//! * The data check is of the whole file, whatever is filtered. A finding stains the insights that are computed from the
//!   columns that it concerns; of several the weightiest gives the reason, one about a column before one about everything.
//! * A column does not hold hours where its typical cell with time is over 60 hours a week (8 of 1:1s, 30 of meetings with
//!   the manager), where a fifth of its cells have more hours than their period, or where no cell of collaboration,
//!   external, meeting or e-mail hours is over 1. Insights that need it are not fit. Their numbers are held back until
//!   somebody asks to see them anyway, and stamped then; means and other numbers of single metrics are told with a warning.
//! * A week is short of people with a fifth fewer than around, by the rule of holidays, while hours for each person are as
//!   usual: it is no holiday. Neither is a week in which a column says 0 for everybody. A person's quiet week has under a
//!   quarter of the person's median, of six weeks or more; over 80 hours of collaboration a week are extreme. Holidays in
//!   more than a tenth of the weeks, odd rows in more than two of a hundred and blanks in a fifth of a column call for care.
//! * Managers and leaders of managers go by the column SupervisorIndicator alone: which cohort their reports are in is not known.
//! * Between groups, the size of a group is the mean of the sizes that the export gives it in the periods, or the people
//!   that the open person query shows. A period without a row of a group counts as one without time. *Across* is time
//!   with other groups, named or not; people whom the export cannot classify are in neither part. A group is isolated
//!   under half of the median part across, from four groups on.
//! * Of meetings, a column of the export or somebody's word says which are with people from outside; without either only
//!   those that somebody outside organized are known, and where none is, nothing is. What the export does not say (a
//!   duration, a count) is no reason to leave a meeting out. Viva's counts of people leave out those from outside, so that
//!   they are one short at least where there are some. A domain counts only where the list of accounts has the own company.
//! * Windows of both exports are the halves until somebody chooses. Changes of meetings by us rest on their organizers;
//!   a group-to-group export holds sums, so that no range is given.
//! * Of an explored metric the interval of a mean ends at 0, that of a difference does not. Any external contact is more than
//!   0 seconds in a week; the external share of all collaboration divides sums, over rows in which both can be read; the top
//!   tenth, quarter and half of people are rounded up to whole people and told where they, and the others, are at least k.
//! * What is usual over time is the earlier half of the points that are shown: their median, and 3.145 times the median step
//!   between neighbors, so that holiday weeks move neither. It takes twelve points.
//! * The bins of a distribution are the same for every file; those at the ends join until they hold at least k people.
//! * The decimal mark is that of more of a file's numbers; a column with marks of its own goes by them. Marks that could all
//!   part thousands are asked about only where no number of the file decides.
//! * Two files named at once are asked about where one ends before the other begins, in the window only; in the same
//!   periods they can only be one. A large file is not asked about: what is read says about how many rows there are
//!   and can be stopped, what does not fit into memory is refused.
//! * Of columns of words the first 64 are offered as groups, and those that more than groups is made of.
//! * Rows of cut weeks are decided on all files of days together, and told with the first files that have room for them.
pub mod cli;
pub mod dataset;
pub mod guidance;
pub mod import;
pub mod insights;
pub mod privacy;
pub mod project;
pub mod quality;
pub mod report;
pub mod sample;
pub mod stats;
pub mod text;
pub mod ui;
pub mod work;
pub mod workbench;
