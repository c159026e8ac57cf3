using Rift.Mdp;
using Rift.Testing;

namespace Rift.Models.Tests;

public class CertificateFileTests
{
    // State 0 has action 1 only; state 1 both.
    private static readonly MarkovDecisionProcess _model = new(
        new TransitionKernelBuilder(2, 2).Add(0, 1, 1, 1).Add(1, 0, 0, 1).Add(1, 1, 1, 1).Build(), StateActionTable.Constant(2, 2, 1), [1, 0], 0.5);

    private static readonly TestCaseData[] _broken =
    [
        Case("no format", "{}", "format: found no such key, expected it, for it is required"),
        Case("another format", "{\"format\": \"rift-policy-1\"}", "line 1, format: found \"rift-policy-1\", expected \"rift-certificate-1\""),
        Case("an unknown key", Claim("\"bounds\": 1"), "line 1, bounds: found an unknown key, expected one of format, model, temperature, discount, lower, upper, logBase, logPolicy, or a key that begins with x-"),
        Case("no temperature", "{\"format\": \"rift-certificate-1\"}", "temperature: found no such key, expected it, for it is required"),
        Case("a short bound", Claim("\"x-\": 1").Replace("[9, 9]", "[9]", StringComparison.Ordinal), "line 1, upper: found an array of 1, expected an array of 2 numbers, one for each state"),
        Case("an infinite bound", Claim("\"x-\": 1").Replace("[9, 9]", "[9, 1e999]", StringComparison.Ordinal), "line 1, upper[1]: found 1e999, expected a finite number"),
        Case("a bound that is null", Claim("\"x-\": 1").Replace("[9, 9]", "[null, 9]", StringComparison.Ordinal), "line 1, upper[0]: found null, expected a finite number"),
        Case("a discount of one", Claim("\"x-\": 1").Replace("0.5", "1", StringComparison.Ordinal), "line 1, discount: found 1, expected a discount of at least 0 and below 1"),
        Case("a table of another shape", Claim("\"logBase\": [[0, 0]]"), "line 1, logBase: found an array of 1, expected 2 rows"),
        Case("a short row", Claim("\"logBase\": [[0, 0], [0]]"), "line 1, logBase[1]: found an array of 1, expected a row of 2 numbers"),
        Case("a state without actions", Claim("\"logBase\": [[0, null], [0, 0]]"), "logBase, state 0: found no available action, expected at least one"),
        Case("a policy that does not sum to one", Claim("\"logPolicy\": [[null, 0], [0, 0]]"), "logPolicy, state 1: probabilities sum to 2, expected 1 within 1e-12"),
        Case("a policy that takes what is not available", Claim("\"logPolicy\": [[0, null], [0, null]]"), "logPolicy, state 0, action 0: the policy has probability 1, expected 0, for the action is not available"),
    ];

    [Property(Arbitrary = [typeof(ModelArbitraries)], MaxTest = 50)]
    public void Reading_what_was_written_gives_the_same_bits(RandomModel random)
    {
        MarkovDecisionProcess mdp = random.Mdp;
        Policy prior = Policy.Uniform(mdp.Kernel);
        foreach (SoftProblem problem in (SoftProblem[])[new(mdp, 0.3), new(mdp.WithDiscount(0.25), 0), SoftProblem.ResidualQLearning(mdp, prior, mdp.Reward, 2)])
        {
            SoftSolution solution = problem.Solve();
            foreach (ValueEnclosure written in (ValueEnclosure[])[ValueEnclosure.Of(solution), ValueEnclosure.Of(solution, solution.Policy)])
            {
                using ScratchFile file = new();
                CertificateFile.Write(written, file.Path);
                ValueEnclosure read = CertificateFile.Read(file.Path, mdp);
                Assert.That(read.Lower.ToArray(), Is.EqualTo(written.Lower.ToArray()));
                Assert.That(read.Upper.ToArray(), Is.EqualTo(written.Upper.ToArray()));
                Assert.That(read.Policy?.LogProbabilities.Entries.ToArray(), Is.EqualTo(written.Policy?.LogProbabilities.Entries.ToArray()));
                Assert.That(read.Problem.LogBase?.Entries.ToArray(), Is.EqualTo(problem.LogBase?.Entries.ToArray()));
                Assert.That((read.Problem.Temperature, read.Problem.Mdp.Discount), Is.EqualTo((problem.Temperature, problem.Mdp.Discount)));
                Assert.That(read.Check(), Is.Null);
            }
        }
    }

    [TestCaseSource(nameof(_broken))]
    public void A_broken_certificate_is_refused(string content, string message)
    {
        using ScratchFile file = new(content);
        Assert.That(file.Refusal(path => CertificateFile.Read(path, _model)), Is.EqualTo("lake.json: " + message));
    }

    private static string Claim(string more) => "{\"format\": \"rift-certificate-1\", \"temperature\": 1, \"discount\": 0.5, \"lower\": [1, 1], \"upper\": [9, 9], " + more + "}";

    private static TestCaseData Case(string name, string content, string message) => new TestCaseData(content, message).SetArgDisplayNames(name);
}
