using Rift.Testing;

namespace Rift.Cli.Tests;

/// <summary>Bad input and bad usage: one line on standard error, exit code 2, nothing on standard output, no file.</summary>
public class RefusalTests
{
    private const string Lake = """{"format": "rift-model-1", "states": 2, "actions": 1, "discount": 0.9, "initial": [1, 0], "pairs": [{"s":0,"a":0,"r":1,"next":[[1,1]]}]}""";

    private static readonly string[] _solve = ["solve", "frozenlake:4x4", "--temperature", "1"];

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [TestCase(new string[0], "Required command was not provided; see rift --help")]
    [TestCase(new[] { "slove" }, "found 'slove', expected a command, an argument or an option; see rift --help")]
    [TestCase(new[] { "solve", "taxi" }, "Option '--temperature' is required; see rift solve --help")]
    [TestCase(new[] { "solve", "--temperature", "1" }, "Required argument 'MODEL' missing for command: 'solve'; see rift solve --help")]
    [TestCase(new[] { "solve", "taxi", "--temperature" }, "Required argument missing for option: '--temperature'; see rift solve --help")]
    [TestCase(new[] { "solve", "taxi", "--temperature", "hot" }, "--temperature: found 'hot', expected a finite number, 0 or more; see rift solve --help")]
    [TestCase(new[] { "solve", "taxi", "--temperature", "-1" }, "--temperature: found '-1', expected a finite number, 0 or more; see rift solve --help")]
    [TestCase(new[] { "solve", "taxi", "--temperature", "NaN" }, "--temperature: found 'NaN', expected a finite number, 0 or more; see rift solve --help")]
    [TestCase(new[] { "solve", "taxi", "--temperature", "1e999" }, "--temperature: found '1e999', expected a finite number, 0 or more; see rift solve --help")]
    [TestCase(new[] { "solve", "taxi", "--temperature", "1,5" }, "--temperature: found '1,5', expected a finite number, 0 or more; see rift solve --help")]
    [TestCase(new[] { "solve", "taxi", "--temperature", "1", "--discount", "1" }, "--discount: found '1', expected a number of at least 0 and below 1; see rift solve --help")]
    [TestCase(new[] { "solve", "taxi", "--temperature", "1", "--tolerance", "0" }, "--tolerance: found '0', expected a positive finite number; see rift solve --help")]
    [TestCase(new[] { "solve", "taxi", "--temperature", "1", "--horizon", "0" }, "--horizon: found '0', expected a whole number from 1 to 2147483647; see rift solve --help")]
    [TestCase(new[] { "solve", "taxi", "--temperature", "1", "--threads", "0" }, "--threads: found '0', expected a whole number from 1 to 2147483647; see rift solve --help")]
    [TestCase(new[] { "solve", "taxi", "--temperature", "1", "--colour" }, "found '--colour', expected a command, an argument or an option; see rift solve --help")]
    [TestCase(new[] { "solve", "taxi", "--temperature", "1", "--prior-scale", "2" }, "--prior-scale: found no prior, expected --prior FILE with it")]
    [TestCase(new[] { "solve", "taxi", "--temperature", "1", "--horizon", "5", "--method", "auto" }, "--method: found a horizon, which is solved by backward induction; expected one of the two")]
    [TestCase(new[] { "solve", "taxi", "--temperature", "1", "--method", "magic" }, "--method: found 'magic', expected one of auto, value-iteration, gauss-seidel, modified-policy-iteration, soft-policy-iteration, soft-policy-iteration:elimination, soft-policy-iteration:lu, soft-policy-iteration:krylov")]
    [TestCase(new[] { "solve", "taxi", "--temperature", "1", "--plot", "picture.gif" }, "--plot: found 'picture.gif', expected a name that ends in .png or .svg")]
    [TestCase(new[] { "solve", "taxi", "--temperature", "1", "--horizon", "5", "--plot", "a.png" }, "--plot: found a horizon, which has a policy for each step; expected one of the two")]
    [TestCase(new[] { "solve", "taxy", "--temperature", "1" }, "taxy: found no world \"taxy\", expected one such as taxi")]
    [TestCase(new[] { "solve", "garnet:5,2,9,1", "--temperature", "1" }, "garnet:5,2,9,1: branching: found 9, expected 1 to 5, the number of states")]
    [TestCase(new[] { "solve", "garnet:100000,100000,3", "--temperature", "1" }, "garnet:100000,100000,3: states: found 100000, expected at most 2147483591 state-action pairs")]
    [TestCase(new[] { "solve", "nowhere.json", "--temperature", "1" }, "nowhere.json: found no such file, expected a model file or a built-in world")]
    [TestCase(new[] { "solve", "chain", "--temperature", "1", "--out", "" }, "found an empty name, expected the name of a file to write")]
    [TestCase(new[] { "solve", "chain", "--temperature", "1", "--format", "html" }, "Argument 'html' not recognized. Must be one of: 'text' 'latex' 'markdown' 'csv'; see rift solve --help")]
    [TestCase(new[] { "solve", "chain", "--temperature", "1", "--format", "csv", "--json" }, "--format: found csv with --json, expected one of the two")]
    [TestCase(new[] { "env", "list", "--json", "--format", "text" }, "--format: found text with --json, expected one of the two")]
    [TestCase(new[] { "solve", "chain", "--temperature", "1", "--encoding", "none" }, "Argument 'none' not recognized. Must be one of: 'single' 'loops'; see rift solve --help")]
    [TestCase(new[] { "solve", "chain", "--temperature", "1", "--encoding", "loops", "--prior", "prior.json" }, "--encoding: found loops with a prior, which says nothing of the actions of an end; expected one of the two")]
    [TestCase(new[] { "show", "lander", "--encoding", "loops" }, "--encoding: found loops for lander, whose transitions are computed and never stored; expected a stored model")]
    [TestCase(new[] { "show" }, "Required argument 'MODEL' missing for command: 'show'; see rift show --help")]
    [TestCase(new[] { "show", "taxy" }, "taxy: found no world \"taxy\", expected one such as taxi")]
    [TestCase(new[] { "show", "chain", "--shade", "grey" }, "Argument 'grey' not recognized. Must be one of: 'visitation' 'value'; see rift show --help")]
    [TestCase(new[] { "show", "chain", "--temperature", "-1" }, "--temperature: found '-1', expected a finite number, 0 or more; see rift show --help")]
    [TestCase(new[] { "show", "chain", "--json" }, "found '--json', expected a command, an argument or an option; see rift show --help")]
    [TestCase(new[] { "analyze", "nowhere.json" }, "nowhere.json: found no such file, expected a problem file")]
    [TestCase(new[] { "verify", "--theorem", "9.9" }, "--theorem: found '9.9', expected one of 1, 3, 4, 5, 7, 13, 15, 16, 17, S3.3, 4.1, 5.1, S5.1, S5.3, A.1, A.2, A.3, 63, 69, A.4, A.5, F1, F2, F3, F4, F5, F6, F7, F8, F9, F10, F11, F12, F13, F14, F15, CE1, CE2, CE3, CE4, CE5")]
    [TestCase(new[] { "verify", "--cases", "-1" }, "--cases: found '-1', expected a whole number from 0 to 2147483647; see rift verify --help")]
    [TestCase(new[] { "verify", "--model", "chain", "--cases", "0" }, "--cases: found 0 on each model, expected at least 1")]
    [TestCase(new[] { "finetune", "windycliff", "--intervention", "none", "--kl-weight", "1" }, "Option '--prior' is required; see rift finetune --help")]
    [TestCase(new[] { "finetune", "windycliff", "--prior", "uniform", "--kl-weight", "1" }, "Option '--intervention' is required; see rift finetune --help")]
    [TestCase(new[] { "finetune", "windycliff", "--prior", "uniform", "--intervention", "none" }, "Option '--kl-weight' is required; see rift finetune --help")]
    [TestCase(new[] { "finetune", "windycliff", "--prior", "uniform", "--intervention", "none", "--kl-weight", "-1" }, "--kl-weight: found '-1', expected a finite number, 0 or more; see rift finetune --help")]
    [TestCase(new[] { "finetune", "windycliff", "--prior", "uniform", "--intervention", "none", "--kl-weight", "1", "--horizon", "0" }, "--horizon: found '0', expected a whole number from 1 to 2147483647; see rift finetune --help")]
    [TestCase(new[] { "finetune", "windycliff", "--prior", "uniform", "--intervention", "none", "--kl-weight", "1", "--discount", "1" }, "--discount: found '1', expected a number of at least 0 and below 1; see rift finetune --help")]
    [TestCase(new[] { "finetune", "windycliff", "--prior", "uniform", "--intervention", "none", "--kl-weight", "1", "--seed", "x" }, "--seed: found 'x', expected a whole number from 0 to 2147483647; see rift finetune --help")]
    [TestCase(new[] { "finetune", "windycliff", "--prior", "magic", "--intervention", "none", "--kl-weight", "1" }, "--prior: found 'magic', expected one of softmax:TAU,EPSILON, clone:N,KAPPA, uniform, random, pretrained:A0, file:PATH")]
    [TestCase(new[] { "finetune", "windycliff", "--prior", "softmax:1", "--intervention", "none", "--kl-weight", "1" }, "--prior: found 'softmax:1', expected softmax:TAU,EPSILON")]
    [TestCase(new[] { "finetune", "windycliff", "--prior", "softmax:1,2,3", "--intervention", "none", "--kl-weight", "1" }, "--prior: found 'softmax:1,2,3', expected softmax:TAU,EPSILON")]
    [TestCase(new[] { "finetune", "windycliff", "--prior", "clone", "--intervention", "none", "--kl-weight", "1" }, "--prior: found 'clone', expected clone:N,KAPPA")]
    [TestCase(new[] { "finetune", "windycliff", "--prior", "uniform:1", "--intervention", "none", "--kl-weight", "1" }, "--prior: found 'uniform:1', expected uniform")]
    [TestCase(new[] { "finetune", "windycliff", "--prior", "file:", "--intervention", "none", "--kl-weight", "1" }, "--prior: found 'file:', expected one of softmax:TAU,EPSILON, clone:N,KAPPA, uniform, random, pretrained:A0, file:PATH")]
    [TestCase(new[] { "finetune", "windycliff", "--prior", "", "--intervention", "none", "--kl-weight", "1" }, "--prior: found '', expected one of softmax:TAU,EPSILON, clone:N,KAPPA, uniform, random, pretrained:A0, file:PATH")]
    [TestCase(new[] { "finetune", "windycliff", "--prior", "softmax:0,0.1", "--intervention", "none", "--kl-weight", "1" }, "--prior: TAU: found '0' in 'softmax:0,0.1', expected a positive finite number")]
    [TestCase(new[] { "finetune", "windycliff", "--prior", "softmax:1,1.5", "--intervention", "none", "--kl-weight", "1" }, "--prior: EPSILON: found '1.5' in 'softmax:1,1.5', expected a number from 0 to 1")]
    [TestCase(new[] { "finetune", "windycliff", "--prior", "clone:-1,1", "--intervention", "none", "--kl-weight", "1" }, "--prior: N: found '-1' in 'clone:-1,1', expected a whole number from 0 to 2147483647")]
    [TestCase(new[] { "finetune", "windycliff", "--prior", "clone:1,NaN", "--intervention", "none", "--kl-weight", "1" }, "--prior: KAPPA: found 'NaN' in 'clone:1,NaN', expected a finite number, 0 or more")]
    [TestCase(new[] { "finetune", "windycliff", "--prior", "pretrained:hot", "--intervention", "none", "--kl-weight", "1" }, "--prior: A0: found 'hot' in 'pretrained:hot', expected a positive finite number")]
    [TestCase(new[] { "finetune", "windycliff", "--prior", "file:nowhere.json", "--intervention", "none", "--kl-weight", "1" }, "nowhere.json: found no such file, expected a policy file")]
    [TestCase(new[] { "finetune", "windycliff", "--prior", "uniform", "--intervention", "magic", "--kl-weight", "1" }, "--intervention: found 'magic', expected one of qgap:B, noisy:B,Q, misses:B,Q, blind:B,Q, delayed:B,D, advantage, visitation, state or state:FACTOR, adversarial or adversarial:SHARE, random:P, none")]
    [TestCase(new[] { "finetune", "windycliff", "--prior", "uniform", "--intervention", "qgap", "--kl-weight", "1" }, "--intervention: found 'qgap', expected qgap:B")]
    [TestCase(new[] { "finetune", "windycliff", "--prior", "uniform", "--intervention", "qgap:1,2", "--kl-weight", "1" }, "--intervention: found 'qgap:1,2', expected qgap:B")]
    [TestCase(new[] { "finetune", "windycliff", "--prior", "uniform", "--intervention", "noisy:1", "--kl-weight", "1" }, "--intervention: found 'noisy:1', expected noisy:B,Q")]
    [TestCase(new[] { "finetune", "windycliff", "--prior", "uniform", "--intervention", "state:1,2", "--kl-weight", "1" }, "--intervention: found 'state:1,2', expected state:FACTOR")]
    [TestCase(new[] { "finetune", "windycliff", "--prior", "uniform", "--intervention", "none:0", "--kl-weight", "1" }, "--intervention: found 'none:0', expected none")]
    [TestCase(new[] { "finetune", "windycliff", "--prior", "uniform", "--intervention", "qgap:-1", "--kl-weight", "1" }, "--intervention: B: found '-1' in 'qgap:-1', expected a finite number, 0 or more")]
    [TestCase(new[] { "finetune", "windycliff", "--prior", "uniform", "--intervention", "noisy:0.1,2", "--kl-weight", "1" }, "--intervention: Q: found '2' in 'noisy:0.1,2', expected a number from 0 to 1")]
    [TestCase(new[] { "finetune", "windycliff", "--prior", "uniform", "--intervention", "random:1e999", "--kl-weight", "1" }, "--intervention: P: found '1e999' in 'random:1e999', expected a number from 0 to 1")]
    [TestCase(new[] { "finetune", "windycliff", "--prior", "uniform", "--intervention", "misses:1", "--kl-weight", "1" }, "--intervention: found 'misses:1', expected misses:B,Q")]
    [TestCase(new[] { "finetune", "windycliff", "--prior", "uniform", "--intervention", "blind:1,2", "--kl-weight", "1" }, "--intervention: Q: found '2' in 'blind:1,2', expected a number from 0 to 1")]
    [TestCase(new[] { "finetune", "windycliff", "--prior", "uniform", "--intervention", "delayed:1,64", "--kl-weight", "1" }, "--intervention: D: found '64' in 'delayed:1,64', expected a whole number from 0 to 63")]
    [TestCase(new[] { "finetune", "windycliff", "--prior", "uniform", "--intervention", "adversarial:-1", "--kl-weight", "1" }, "--intervention: SHARE: found '-1' in 'adversarial:-1', expected a number from 0 to 1")]
    [TestCase(new[] { "finetune", "windycliff", "--prior", "uniform", "--intervention", "none", "--kl-weight", "1", "--rounds", "0" }, "--rounds: found '0', expected a whole number from 1 to 2147483647; see rift finetune --help")]
    [TestCase(new[] { "finetune", "windycliff", "--prior", "uniform", "--intervention", "none", "--kl-weight", "1", "--sampled", "--episodes", "0" }, "--episodes: found '0', expected a whole number from 1 to 2147483647; see rift finetune --help")]
    [TestCase(new[] { "finetune", "windycliff", "--prior", "uniform", "--intervention", "none", "--kl-weight", "1", "--episodes", "5" }, "--episodes: found 5 without --sampled, expected both or neither")]
    [TestCase(new[] { "finetune", "windycliff", "--prior", "uniform", "--intervention", "none", "--kl-weight", "1", "--learner", "offline" }, "--learner: found offline without --sampled, expected both or neither")]
    [TestCase(new[] { "finetune", "windycliff", "--prior", "uniform", "--intervention", "none", "--kl-weight", "1", "--until", "match" }, "--until: found match without --sampled, expected both or neither")]
    [TestCase(new[] { "finetune", "windycliff", "--prior", "uniform", "--intervention", "none", "--kl-weight", "1", "--sampled", "--learner", "deep" }, "--learner: found 'deep', expected online or offline")]
    [TestCase(new[] { "finetune", "windycliff", "--prior", "uniform", "--intervention", "none", "--kl-weight", "1", "--sampled", "--until", "bored" }, "--until: found 'bored', expected one of match, psi:X")]
    [TestCase(new[] { "finetune", "windycliff", "--prior", "uniform", "--intervention", "none", "--kl-weight", "1", "--sampled", "--until", "psi:-1" }, "--until: X: found '-1' in 'psi:-1', expected a finite number, 0 or more")]
    [TestCase(new[] { "finetune", "windycliff", "--prior", "uniform", "--intervention", "none", "--kl-weight", "0", "--sampled" }, "--kl-weight: found 0 with --sampled, expected a positive number, for from episodes a weight of 0 is RLIF")]
    [TestCase(new[] { "finetune", "windycliff", "--prior", "pretrained:1", "--intervention", "visitation", "--kl-weight", "1" }, "--prior: found 'pretrained:1', which is made from the interventions, with --intervention visitation, which looks at the prior; expected one of the two")]
    [TestCase(new[] { "finetune", "garnet:5,2,2,1", "--prior", "uniform", "--intervention", "none", "--kl-weight", "1" }, "--horizon: found none, expected one, for garnet:5,2,2,1 names no steps after which success is evaluated")]
    [TestCase(new[] { "finetune", "windycliff", "--prior", "uniform", "--intervention", "none", "--kl-weight", "1", "--out", "x" }, "found '--out', expected a command, an argument or an option; see rift finetune --help")]
    [TestCase(new[] { "env" }, "Required command was not provided; see rift env --help")]
    [TestCase(new[] { "env", "export", "taxi" }, "Option '--out' is required; see rift env export --help")]
    [TestCase(new[] { "env", "export", "lander", "--out", "x.json" }, "lander: found 6349201 transitions, which are computed and never stored, expected at most 5000000 for a file")]
    [TestCase(new[] { "completion", "cmd" }, "Argument 'cmd' not recognized. Must be one of: 'bash' 'zsh' 'fish'; see rift completion --help")]
    public void What_cannot_be_done_is_refused_in_one_line(string[] arguments, string message) => CommandRun.Of(arguments).Refuses(message);

    [Test]
    public void An_error_stands_alone_where_reading_had_something_to_tell()
    {
        string path = _folder.Write("lake.json", Lake);
        CommandRun.Of("solve", path, "--temperature", "1", "--method", "magic").Refuses("--method: found 'magic', expected one of auto, value-iteration, gauss-seidel, modified-policy-iteration, soft-policy-iteration, soft-policy-iteration:elimination, soft-policy-iteration:lu, soft-policy-iteration:krylov");
        CommandRun.Of("solve", path, "--temperature", "1", "--prior", _folder.PathOf("none")).Refuses($"{_folder.PathOf("none")}: found no such file, expected a policy file");
    }

    [Test]
    public void What_a_terminal_might_obey_is_not_repeated_and_what_nobody_reads_is_cut()
    {
        CommandRun.Of("solve", "\u001b[31m", "--temperature", "1").Refuses("[31m: found no world \" [31m\", expected one such as "
            + string.Join(", ", Rift.Models.WorldCatalog.Entries.Select(entry => entry.Name)));
        Assert.That(Failure.OneLine(new string('x', 5000)), Has.Length.EqualTo(1004));
    }

    [Test]
    public void A_row_that_does_not_sum_to_one_is_named_by_state_and_action()
    {
        string path = _folder.Write("lake.json", Lake.Replace("[[1,1]]", "[[1,0.98]]", StringComparison.Ordinal));
        CommandRun.Of("solve", path, "--temperature", "1").Refuses($"{path}: state 0, action 0: probabilities sum to 0.98, expected 1 within 1e-12");
    }

    [TestCase("\"discount\": 0.9", "\"discount\": 1.5", "line 1, discount: found 1.5, expected a discount of at least 0 and below 1")]
    [TestCase("\"discount\": 0.9, ", "", "discount: found no such key, expected it, for it is required")]
    [TestCase("\"r\":1", "\"r\":1e999", "line 1, pairs[0].r: found 1e999, expected a finite number")]
    [TestCase("[[1,1]]", "[[2,1]]", "line 1, pairs[0].next[0][0]: found 2, expected a successor from 0 to 1")]
    [TestCase("[[1,1]]", "[[1,1.5],[0,-0.5]]", "line 1, pairs[0].next[0][1]: found 1.5, expected a probability from 0 to 1")]
    [TestCase("\"initial\": [1, 0]", "\"initial\": [0.5, 0.25]", "the initial distribution sums to 0.75, expected 1 within 1e-12")]
    [TestCase("\"states\": 2", "\"states\": 2000000000", "line 1, states: found 2000000000, expected an integer, at most the file's length, from 1 to ")]
    [TestCase("rift-model-1", "rift-model-9", "line 1, format: found \"rift-model-9\", expected \"rift-model-1\" or \"gymnasium-P\"")]
    [TestCase("\"pairs\"", "\"piars\"", "line 1, piars: found an unknown key, expected one of ")]
    [TestCase("{\"format\"", "\"format\"", "line 1: found broken JSON")]
    public void A_broken_model_is_refused_with_its_place(string good, string bad, string message)
    {
        string path = _folder.Write("lake.json", Lake.Replace(good, bad, StringComparison.Ordinal));
        CommandRun run = CommandRun.Of("solve", path, "--temperature", "1", "--out", _folder.PathOf("solution.json"));
        Assert.Multiple(() =>
        {
            Assert.That(run.Error, Does.StartWith($"rift: error: {path}: {message}"));
            Assert.That(run.Error.Trim().Split('\n'), Has.Length.EqualTo(1));
            Assert.That(run.Output, Is.Empty);
            Assert.That(run.Code, Is.EqualTo(2));
            Assert.That(_folder.Names, Is.EqualTo(new[] { "lake.json" }));
        });
    }

    [Test]
    public void A_prior_that_does_not_fit_the_model_is_refused()
    {
        string prior = _folder.Write("prior.json", """{"format": "rift-policy-1", "probabilities": [[0.5, 0.5]]}""");
        CommandRun.Of([.. _solve, "--prior", prior]).Refuses($"{prior}: line 1, probabilities: found 1 rows, expected 17, one for each state, where a last one that is terminal may be left out");
    }

    [Test]
    public void A_file_of_another_format_is_refused_for_its_format()
    {
        string path = _folder.Write("model.json", Lake);
        CommandRun.Of("analyze", path).Refuses($"{path}: line 1, format: found \"rift-model-1\", expected \"rifttabular-oracle-1\"");
        CommandRun.Of([.. _solve, "--prior", path]).Refuses($"{path}: line 1, format: found \"rift-model-1\", expected \"rift-policy-1\"");
        CommandRun.Of("solve", Repository.OracleFiles[0], "--temperature", "1").Refuses($"{Repository.OracleFiles[0]}: line 2, format: found \"rifttabular-oracle-1\", expected \"rift-model-1\" or \"gymnasium-P\"");
    }

    [Test]
    public void A_horizon_that_would_fill_the_machine_is_refused() =>
        Assert.That(CommandRun.Of("solve", "chain:1000", "--temperature", "1", "--horizon", "2147483647").Error, Does.StartWith("rift: error: --horizon: found 2147483647, expected at most "));

    [Test]
    public void A_directory_is_no_model() => CommandRun.Of("solve", _folder.Root, "--temperature", "1").Refuses($"{_folder.Root}: found a directory, expected a model file or a built-in world");

    [Test]
    public void An_output_in_a_missing_directory_is_refused_before_any_work()
    {
        string path = _folder.PathOf("missing/solution.json");
        CommandRun.Of([.. _solve, "--out", path]).Refuses($"{path}: found no directory {_folder.PathOf("missing")}, expected one to write into");
    }

    [Test]
    public void An_output_that_is_a_directory_is_refused() =>
        CommandRun.Of([.. _solve, "--out", _folder.Root]).Refuses($"{_folder.Root}: found a directory, expected the name of a file to write");

    [Test]
    public void An_output_directory_that_is_a_file_is_refused()
    {
        string path = _folder.Write("ledger", "");
        CommandRun.Of("verify", "--cases", "1", "--out", path).Refuses($"--out: found the file {path}, expected a directory");
    }

    [Test]
    public void A_model_that_a_format_cannot_say_is_refused_and_leaves_no_file()
    {
        string path = _folder.Write("partial.json", Lake.Replace("\"actions\": 1", "\"actions\": 2", StringComparison.Ordinal));
        CommandRun run = CommandRun.Of("convert", path, _folder.PathOf("out.json"), "--to", "gymnasium-P", "--quiet");
        Assert.Multiple(() =>
        {
            Assert.That(run.Error, Does.StartWith($"rift: error: {path}: state 0, action 1 is not available, expected every action in every state"));
            Assert.That(run.Code, Is.EqualTo(2));
            Assert.That(_folder.Names, Is.EqualTo(new[] { "partial.json" }));
        });
    }

    [Test]
    public void A_file_that_is_there_stays_as_it_was_when_the_command_fails()
    {
        string output = _folder.Write("solution.json", "precious");
        CommandRun run = CommandRun.Of("solve", Repository.OracleFiles[0], "--temperature", "1", "--out", output);
        Assert.Multiple(() =>
        {
            Assert.That(run.Code, Is.EqualTo(2));
            Assert.That(File.ReadAllText(output), Is.EqualTo("precious"));
            Assert.That(_folder.Names, Is.EqualTo(new[] { "solution.json" }));
        });
    }
}
