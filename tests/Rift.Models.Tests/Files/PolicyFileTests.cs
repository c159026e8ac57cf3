using Rift.Mdp;
using Rift.Testing;

namespace Rift.Models.Tests;

public class PolicyFileTests
{
    // State 0 has action 1 only; state 1 both; state 2 is the end.
    private static readonly MarkovDecisionProcess _model = new(
        new TransitionKernelBuilder(3, 2).Add(0, 1, 1, 1).Add(1, 0, 0, 1).Add(1, 1, 2, 1).Add(2, 0, 2, 1).Build(), StateActionTable.Constant(3, 2, 0), [1, 0, 0], 0.9);

    private static readonly TestCaseData[] _broken =
    [
        Case("no format", "{\"probabilities\": []}", "format: found no such key, expected it, for it is required"),
        Case("no policy", "{\"format\": \"rift-policy-1\"}", "probabilities: found neither probabilities nor logProbabilities, expected one of them"),
        Case("two policies", "{\"format\": \"rift-policy-1\", \"probabilities\": [], \"logProbabilities\": []}", "probabilities: found both probabilities and logProbabilities, expected one of them"),
        Case("another format", "{\"format\": \"rift-model-1\"}", "line 1, format: found \"rift-model-1\", expected \"rift-policy-1\""),
        Case("too few rows", Rows("[[0, 1]]"), "line 1, probabilities: found 1 rows, expected 3, one for each state, where a last one that is terminal may be left out"),
        Case("too many rows", Rows("[[0, 1], [1, 0], [1, 0], [1, 0]]"), "line 1, probabilities: found more than 3 rows, expected 3, one for each state, where a last one that is terminal may be left out"),
        Case("a short row", Rows("[[0, 1], [1]]"), "line 1, probabilities[1]: found an array of 1, expected a row of 2 numbers"),
        Case("an unavailable action", Rows("[[0.5, 0.5], [1, 0]]"), "line 1, probabilities[0][0]: found 0.5, expected 0 or null, for the action is not available"),
        Case("a negative probability", Rows("[[0, 1],\n[1.5, -0.5]]"), "line 2, probabilities[1][1]: found -0.5, expected a probability from 0 to 1"),
        Case("an available action that is null", Rows("[[0, 1], [1, null]]"), "line 1, probabilities[1][1]: found null, expected a probability from 0 to 1"),
        Case("a row that does not sum to one", Rows("[[0, 1], [0.5, 0.25]]"), "state 1: probabilities sum to 0.75, expected 1 within 1e-12"),
        Case("logs that do not sum to one", "{\"format\": \"rift-policy-1\", \"logProbabilities\": [[null, 0], [0, 0]]}", "state 1: probabilities sum to 2, expected 1 within 1e-12"),
    ];

    [TestCase("[[null, 1], [0.25, 0.75], [0.1, 7]]")]
    [TestCase("[[0, 1], [0.25, 0.75]]")]
    [TestCase("[[0, 1], [0.25, 0.75], null]")]
    public void Unavailable_actions_are_null_or_zero_and_the_row_of_the_end_is_not_looked_at(string rows)
    {
        using ScratchFile file = new(Rows(rows));
        Policy policy = PolicyFile.Read(file.Path, _model);
        Assert.That(policy.Probabilities.Entries.ToArray(), Is.EqualTo(new[] { 0, 1, 0.25, 0.75, 1, 0 }));
    }

    [Test]
    public void Among_log_probabilities_null_is_never()
    {
        using ScratchFile file = new("{\"format\": \"rift-policy-1\", \"logProbabilities\": [[0, 0], [0, null]]}");
        Policy policy = PolicyFile.Read(file.Path, _model);
        Assert.That(policy.Probabilities.Entries.ToArray(), Is.EqualTo(new[] { 0, 1, 1.0, 0, 1, 0 }));
    }

    [TestCaseSource(nameof(_broken))]
    public void A_broken_policy_is_refused(string content, string message)
    {
        using ScratchFile file = new(content);
        Assert.That(file.Refusal(path => PolicyFile.Read(path, _model)), Is.EqualTo("lake.json: " + message));
    }

    [Property(Arbitrary = [typeof(ModelArbitraries)])]
    public bool Reading_what_was_written_gives_the_same_bits(RandomModel random)
    {
        MarkovDecisionProcess mdp = random.Mdp;
        SplittableRandom stream = new(random.Seed);
        Policy policy = Policy.Softmax(StateActionTable.Create(mdp.States, mdp.Actions, (s, a) => mdp.IsAvailable(s, a) ? -300 * stream.NextExponential() : double.NegativeInfinity));
        using ScratchFile file = new();
        PolicyFile.Write(policy, file.Path);
        return PolicyFile.Read(file.Path, mdp).LogProbabilities.Entries.SequenceEqual(policy.LogProbabilities.Entries);
    }

    private static string Rows(string rows) => $"{{\"format\": \"rift-policy-1\", \"probabilities\": {rows}}}";

    private static TestCaseData Case(string name, string content, string message) => new(content, message) { TestName = $"Refused policy: {name}" };
}
