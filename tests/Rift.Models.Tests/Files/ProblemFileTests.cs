using System.Text.Json.Nodes;
using Rift.Mdp;
using Rift.Testing;

namespace Rift.Models.Tests;

public class ProblemFileTests
{
    private const string Small = """
        {"format": "rifttabular-oracle-1", "id": "small", "S": 1, "A": 2, "gamma": "0.9", "alpha": "1/2", "omegas": ["0.5", 1], "thresholds": ["1e-3"],
        "d": ["1"], "T": [[0,0,0,"1"],[0,1,0,1]], "r": ["-1.394", 0.5], "rStar": ["1", "2"], "rR": ["0", "0"],
        "pi0": ["1/3", "2/3"], "pi": ["0.25", "0.75"], "varphi": ["0.5"], "potential": ["7"]}
        """;

    private static readonly TestCaseData[] _broken =
    [
        Case("a temperature of 0", "\"1/2\"", "\"0\"", "line 1, alpha: found \"0\", expected a positive temperature"),
        Case("a negative temperature", "\"1/2\"", "-1", "line 1, alpha: found -1, expected a positive temperature"),
        Case("a discount of 1", "\"0.9\"", "\"1\"", "line 1, gamma: found \"1\", expected a discount of at least 0 and below 1"),
        Case("an omega of 0", "[\"0.5\", 1]", "[\"0.5\", 0]", "line 1, omegas[1]: found 0, expected a positive number"),
        Case("a negative threshold", "\"1e-3\"", "\"-1e-3\"", "line 1, thresholds[0]: found \"-1e-3\", expected a threshold of at least 0"),
        Case("a hostile exponent", "\"1e-3\"", "\"1e999999999\"", "line 1, thresholds[0]: found \"1e999999999\", expected a threshold of at least 0, as a decimal or a fraction within the range of doubles"),
        Case("a hostile exponent in a number", "[\"1e-3\"]", "[1e999999999]", "line 1, thresholds[0]: found 1e999999999, expected a threshold of at least 0"),
        Case("a division by zero", "\"1/2\"", "\"1/0\"", "line 1, alpha: found \"1/0\", expected a positive temperature, as a decimal or a fraction within the range of doubles"),
        Case("words", "\"1/2\"", "\"half\"", "line 1, alpha: found \"half\", expected a positive temperature, as a decimal or a fraction within the range of doubles"),
        Case("infinity", "\"7\"", "\"Infinity\"", "line 3, potential[0]: found \"Infinity\", expected a finite number, as a decimal or a fraction within the range of doubles"),
        Case("an intervention above 1", "[\"0.5\"]", "[\"1.5\"]", "line 3, varphi[0]: found \"1.5\", expected a probability from 0 to 1"),
        Case("a prior without support", "[\"1/3\", \"2/3\"]", "[0, 1]", "state 0, action 0: the prior never takes the action, expected a positive probability"),
        Case("a policy without support", "[\"0.25\", \"0.75\"]", "[1, 0]", "state 0, action 1: the policy never takes the action, expected a positive probability"),
        Case("a prior that does not sum to one", "[\"1/3\", \"2/3\"]", "[\"1/3\", \"1/3\"]", "pi0, state 0: probabilities sum to 0.6666666666666666, expected 1 within 1e-12"),
        Case("a row that does not sum to one", "[0,1,0,1]", "[0,1,0,0.5]", "state 0, action 1: probabilities sum to 0.5, expected 1 within 1e-12"),
        Case("a transition twice", "[0,1,0,1]", "[0,0,0,1]", "line 2, T[1]: found [0, 0, 0] a second time, expected it once"),
        Case("an unknown state", "[0,1,0,1]", "[0,1,1,1]", "line 2, T[1][2]: found 1, expected a successor from 0 to 0"),
        Case("a reward too few", "[\"-1.394\", 0.5]", "[\"-1.394\"]", "line 2, r: found an array of 1, expected an array of 2 numbers"),
        Case("no reward", "\"r\":", "\"x-r\":", "r: found no such key, expected it, for it is required"),
        Case("doubles of another shape", "\"potential\": [\"7\"]", "\"potential\": [\"7\"], \"doubles\": {\"T\": [1]}", "line 3, doubles.T: found an array of 1, expected an array of 2 numbers"),
        Case("a size beyond the file", "\"A\": 2", "\"A\": 100000", "line 1, A: found 100000, expected an integer, at most the file's length, from 1 to 337"),
    ];

    [Test]
    public void All_problem_files_are_there() => Assert.That(Repository.OracleFiles, Has.Count.EqualTo(23));

    [TestCaseSource(typeof(Repository), nameof(Repository.OracleFiles))]
    public void Strings_round_to_the_file_s_doubles(string path)
    {
        JsonObject problem = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        Assert.That(problem.Remove("doubles"), Is.True);
        using ScratchFile stripped = new(problem.ToJsonString());
        Scenario doubles = ProblemFile.Read(path), strings = ProblemFile.Read(stripped.Path);
        Assert.Multiple(() =>
        {
            Assert.That(ModelDifference.Between(doubles.Mdp, strings.Mdp), Is.Null);
            Assert.That(strings.Id, Is.EqualTo(Path.GetFileNameWithoutExtension(path)));
            Assert.That(strings.Temperature, Is.EqualTo(doubles.Temperature));
            Assert.That(strings.ExpertReward.Entries.ToArray(), Is.EqualTo(doubles.ExpertReward.Entries.ToArray()));
            Assert.That(strings.ResidualReward.Entries.ToArray(), Is.EqualTo(doubles.ResidualReward.Entries.ToArray()));
            Assert.That(strings.Prior.LogProbabilities.Entries.ToArray(), Is.EqualTo(doubles.Prior.LogProbabilities.Entries.ToArray()));
            Assert.That(strings.Policy.LogProbabilities.Entries.ToArray(), Is.EqualTo(doubles.Policy.LogProbabilities.Entries.ToArray()));
            Assert.That(strings.StateInterventions, Is.EqualTo(doubles.StateInterventions));
            Assert.That(strings.Potential, Is.EqualTo(doubles.Potential));
            Assert.That(strings.Omegas, Is.EqualTo(doubles.Omegas));
            Assert.That(strings.Thresholds, Is.EqualTo(doubles.Thresholds));
        });
    }

    [Test]
    public void Numbers_may_be_strings_fractions_or_numbers_and_doubles_win()
    {
        using ScratchFile strings = new(Small), both = new(Small.Replace("\"potential\": [\"7\"]", "\"potential\": [\"7\"], \"doubles\": {\"alpha\": 0.25}", StringComparison.Ordinal));
        Scenario scenario = ProblemFile.Read(strings.Path);
        Assert.Multiple(() =>
        {
            Assert.That(scenario.Temperature, Is.EqualTo(0.5));
            Assert.That(scenario.Mdp.Reward.Entries.ToArray(), Is.EqualTo(new[] { -1.394, 0.5 }));
            Assert.That(scenario.Omegas, Is.EqualTo(new[] { 0.5, 1 }));
            Assert.That(ProblemFile.Read(both.Path).Temperature, Is.EqualTo(0.25));
        });
    }

    [TestCaseSource(nameof(_broken))]
    public void A_broken_problem_is_refused(string content, string message)
    {
        using ScratchFile file = new(content);
        Assert.That(file.Refusal(path => ProblemFile.Read(path)), Is.EqualTo("lake.json: " + message));
    }

    private static TestCaseData Case(string name, string from, string to, string message) =>
        new(Small.Replace(from, to, StringComparison.Ordinal), message) { TestName = $"Refused problem: {name}" };
}
