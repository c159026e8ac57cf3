using System.Globalization;
using System.Text.RegularExpressions;
using Rift.Models;
using Rift.Testing;

namespace Rift.Cli.Tests;

/// <summary>rift show: the picture of a world, in 80 columns of plain characters and in colours.</summary>
public partial class ShowTests
{
    // The policy of two thousandths goes through both rooms on the left or over the top; the thresholds of the shade are not near any cell.
    [Test]
    public void The_four_rooms_look_like_this() => Assert.That(Shown("fourrooms", "--temperature", "0.002"), Is.EqualTo("""
        fourrooms: 97 states, 5 actions, discount 0.99
        temperature 0.002: V(start) = 0.4410591763, within <bound>

        ┌─────────────────────────────────┐
        │[↓]▒→▒▒⇒▒▒⇒▒▒⇓▒███ ⇓  ↓  ⇐  ↓  ⇓ │
        │▓⇓▓▒⇓▒░→░░⇑░▒⇓▒███ ⇓  ↓  ⇑  ↓  ⇓ │
        │▓⇓▓▒⇓▒░⇐░ X ▒⇒▒▒⇒▒▒⇓▒ ⇐  X  ⇒  ⇓ │
        │▓↓▓▒⇓▒░⇑░ ⇓  ⇑ ███▒↓▒░⇓░ ⇓  ⇐  ⇐ │
        │▓⇒▓▓⇓▓ X  ⇒  ⇑ ███░→░░↓░░⇓░ ⇑  ↑ │
        │███▓⇓▓████████████░⇒░░⇒░▒⇓▒ X  ⇑ │
        │ ⇒ ▓⇒▓▓⇒▓▓↓▓▒⇓▒█████████▒⇓▒██████│
        │ → ░→░░⇑░▒→▒▓⇓▓███ ⇓  ↓ ░⇒░░⇒░░⇓░│
        │ ⇑  ⇐  X ▒⇒▒▓⇓▓███░⇓░░⇐░ X ░⇒░░⇓░│
        │ ⇒  ⇒  ⇒ ░⇒░▓⇒▓▓⇒▓▓→▓▒↓▒▒⇓▒░→░▒⇓▒│
        │ ⇒  →  →  ⇑  X ███▒⇒▒▒⇒▒▓⇒▓▓⇒▓ G │
        └─────────────────────────────────┘
        ⇐⇑⇒⇓ at least 90 %   ↑→↓ at least 50 %   [ ] start
        ░ ▒ ▓ visits: from 1, 10, 50 % of the most, 0.0106 of the discounted time

        """.ReplaceLineEndings("\n")));

    [Test]
    public void A_model_without_a_map_is_a_table_with_bars() => Assert.That(Shown("forest", "--temperature", "1"), Is.EqualTo("""
        forest: 3 states, 2 actions, discount 0.9
        temperature 1: V(start) = 26.39997458, within <bound>

        state             V    visits  policy  likeliest
        0 age 0        26.4    0.2030  █▁      wait: 0.929
        1 age 1     29.5678    0.1527  █▁      wait: 0.992
        2 age 2       33.56    0.6444  █·      wait: 1
        policy: a bar for each action, wait, cut; a dot below 0.5 %

        """.ReplaceLineEndings("\n")));

    [Test]
    public void Colours_are_those_of_256_and_the_sign_is_the_same()
    {
        using StringWriter output = new();
        int code = CommandLine.Run(["show", "gridworld,map=S#/.G,slip=0"], new Terminal { Output = output, Error = TextWriter.Null, HasColours = true });
        string[] lines = output.ToString().ReplaceLineEndings("\n").Split('\n');
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.Zero);
            Assert.That(lines[4], Is.EqualTo("│\u001b[38;5;16;48;5;226m[⇓]\u001b[0m\u001b[38;5;244m███\u001b[0m│"));
            Assert.That(lines[5], Is.EqualTo("│\u001b[38;5;16;48;5;226m ⇒ \u001b[0m G │"));
            Assert.That(lines[8], Does.StartWith("\u001b[38;5;231;48;5;53m \u001b[0m\u001b[38;5;231;48;5;54m ").And.EndsWith(" visits: 0.1 % to 100 % of the most, 0.01 of the discounted time"));
        });
    }

    // The end of frozenlake has four actions then, and the value of collecting their entropy for ever: alpha log 4 / (1 - gamma).
    [Test]
    public void An_end_that_loops_is_worth_its_entropy()
    {
        double Last(string encoding) => double.Parse(CommandRun.Of("show", "frozenlake:4x4", "--temperature", "0.5", "--encoding", encoding, "--format", "csv").Succeeds().Output.TrimEnd().Split('\n')[^1].Split(',')[^8], CultureInfo.InvariantCulture);
        Assert.That(Last("loops"), Is.EqualTo(0.5 * Math.Log(4) / (1 - 0.99)).Within(1e-9));
        Assert.That(Last("single"), Is.Zero.Within(1e-9));
    }

    [Test]
    public void What_is_too_large_for_the_terminal_is_cut_and_said()
    {
        string row = new('.', 99), map = string.Join('/', [$"S{row}", .. Enumerable.Repeat($".{row}", 48), $"G{row}"]);
        string[] lines = CommandRun.Of("show", $"gridworld,map={map}").Succeeds().Output.Split('\n');
        Assert.Multiple(() =>
        {
            Assert.That(lines[0], Has.Length.EqualTo(80).And.EndsWith(" ..."));
            Assert.That(lines.Count(line => line.StartsWith('│')), Is.EqualTo(40));
            Assert.That(lines.Where(line => line.StartsWith('│')).Select(line => line.Length), Has.All.EqualTo(80));
            Assert.That(lines, Does.Contain("40 of 50 rows and 78 of 100 columns: rift solve --plot FILE draws all"));
        });
    }

    // Two states in the first cell: a map without arrows there, and the table beside it. The second has no direction.
    [Test]
    public void A_cell_of_two_states_keeps_its_letter_and_the_table_tells_the_policy()
    {
        using TemporaryFolder folder = new();
        string model = folder.Write("rooms.json", """
            {"format":"rift-model-1","states":3,"actions":2,"discount":0.5,"initial":[1,0,0],"labels":{"actions":["east","ring"]},"grid":{"map":["a\u001bc"],"cells":[0,0,2]},
            "pairs":[{"s":0,"a":0,"r":1,"next":[[1,1]]},{"s":0,"a":1,"r":0,"next":[[0,1]]},{"s":1,"a":0,"r":1,"next":[[2,1]]},{"s":1,"a":1,"r":0,"next":[[1,1]]},{"s":2,"a":0,"r":0,"next":[[2,1]]},{"s":2,"a":1,"r":1,"next":[[2,1]]}]}
            """);
        string output = CommandRun.Of("show", model, "--quiet").Succeeds().Output;
        Assert.Multiple(() =>
        {
            Assert.That(output, Does.Contain("│[a] ? ▒*▒│"));
            Assert.That(output, Does.Contain("* no direction"));
            Assert.That(output, Does.Contain("V    visits  policy  likeliest"));
            Assert.That(output, Does.Not.Contain("\u001b"));
        });
    }

    [Test]
    public void The_value_at_the_start_is_that_of_solve()
    {
        string solved = CommandRun.Of("solve", "pits12", "--temperature", "0.02").Succeeds().Output.Split('\n').Single(line => line.StartsWith("V(start)", StringComparison.Ordinal));
        Assert.That(CommandRun.Of("show", "pits12", "--temperature", "0.02").Succeeds().Output, Does.Contain($"V(start) = {solved["V(start)    ".Length..]}\n"));
    }

    [Test]
    public void A_tolerance_out_of_reach_is_told_and_the_picture_drawn_all_the_same()
    {
        CommandRun run = CommandRun.Of("show", "frozenlake:4x4", "--tolerance", "1e-300");
        Assert.Multiple(() =>
        {
            Assert.That(run.Code, Is.EqualTo(1));
            Assert.That(run.Error, Does.StartWith("rift: tolerance-not-reached: every V is within "));
            Assert.That(run.Output, Does.Contain("┌────────────┐"));
        });
    }

    [TestCase("fourrooms", "0.001")]
    [TestCase("cliffwalking", "0.1")]
    [TestCase("taxi", "0.01")]
    public void The_temperature_follows_the_rewards(string model, string temperature) =>
        Assert.That(CommandRun.Of("show", model).Succeeds().Output, Does.Contain($"\ntemperature {temperature}: V(start) = "));

    private static IEnumerable<string> Models => WorldCatalog.Entries.Select(entry => entry.Name).Append(Repository.Sample("machine.json")).Append(Repository.Sample("gymnasium_frozenlake_8x8.json"));

    [TestCaseSource(nameof(Models))]
    public void Every_world_is_shown_within_80_columns_and_without_escapes(string model)
    {
        string[] lines = CommandRun.Of("show", model, "--quiet").Succeeds().Output.Split('\n');
        Assert.Multiple(() =>
        {
            Assert.That(lines.Where(line => line.Length > 80 && !line.Contains(model, StringComparison.Ordinal)), Is.Empty);
            Assert.That(lines, Has.None.Contains("\u001b"));
            Assert.That(lines[1], Does.Match(@"^temperature [\d.]+: V\(start\) = -?[\d.]+, within \d\.\de[-+]\d\d$"));
        });
    }

    // How far the bracket closed depends on the machine's fused operations, and so does its last digit.
    private static string Shown(params string[] arguments) => Bound().Replace(CommandRun.Of(["show", .. arguments]).Succeeds().Output.ReplaceLineEndings("\n"), "within <bound>");

    [GeneratedRegex(@"within \d\.\de[-+]\d\d")]
    private static partial Regex Bound();
}
