using Rift.Mdp;
using Rift.Models;
using Rift.Testing;

namespace Rift.Cli.Tests;

/// <summary>Certificates in files: our check and the independent one in Python agree on what is true and what is not.</summary>
public class CertificateTests
{
    private TemporaryFolder _folder = null!;

    private static IEnumerable<TestCaseData> Problems =>
        from golden in OracleCase.All
        from problem in golden.Problems
        select new TestCaseData(problem.Problem).SetArgDisplayNames(golden.ToString(), problem.Name);

    private static IEnumerable<TestCaseData> SoftProblems =>
        from golden in OracleCase.All
        from problem in golden.Problems.Take(2)
        select new TestCaseData(problem.Problem).SetArgDisplayNames(golden.ToString(), problem.Name);

    // With one action, the uniform policy is the optimal one.
    private static IEnumerable<TestCaseData> ProblemsWithAChoice => SoftProblems.Where(test => ((SoftProblem)test.Arguments[0]!).Mdp.Actions > 1);

    // The lander is too large for the independent program, which reads the model from a file.
    private static IEnumerable<string> Worlds => WorldCatalog.Entries.Select(world => world.Name).Except(["lander"]);

    [SetUp]
    public void CreateFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [TestCaseSource(nameof(Problems))]
    public void The_solution_of_every_golden_case_is_accepted_by_both(SoftProblem problem) => AssertAccepted(problem);

    [TestCaseSource(nameof(Worlds))]
    public void The_solution_of_every_built_in_world_is_accepted_by_both(string world)
    {
        MarkovDecisionProcess mdp = WorldCatalog.Create(world);
        AssertAccepted([.. new[] { 0, 0.01, 1 }.Select(temperature => new SoftProblem(mdp, temperature))]);
    }

    // Two problems of 23 cases, 22 each: a thousand and twelve.
    [TestCaseSource(nameof(SoftProblems))]
    public void A_certificate_moved_by_a_few_of_its_half_widths_is_rejected_by_both(SoftProblem problem)
    {
        ValueEnclosure[] claims = [.. FalseClaims(ValueEnclosure.Of(problem.Solve()))];
        Assert.That(claims, Has.Length.EqualTo(22));
        string[] files = Write(problem.Mdp, claims);
        foreach (string file in files) Assert.That(CertificateFile.Read(file, problem.Mdp).Check(), Is.Not.Null, file);
        (int code, string[] verdicts) = CertificateChecker.Check(ModelPath, files);
        Assert.That(code, Is.EqualTo(1));
        Assert.That(verdicts, Has.Length.EqualTo(22).And.All.Match("rejected: state [0-9]+: the (lower|upper) bound is not proved$"));
    }

    // The check in Python is as good as exact, so that whatever rounding outward lets pass must pass there too.
    [TestCaseSource(nameof(Problems))]
    public void What_we_just_accept_the_exact_check_accepts(SoftProblem problem)
    {
        ValueEnclosure[] claims = [.. from iterations in (int[])[1, 2, 3, 5, 1000]
                                      let solution = problem.Solve(new SoftPolicyIteration { MaxIterations = iterations, Tolerance = Tolerance.RoundingFloor })
                                      from policy in new[] { null, solution.Policy }
                                      select solution.Tightest(policy)];
        (int code, string[] verdicts) = CertificateChecker.Check(ModelPath, Write(problem.Mdp, claims));
        Assert.That(verdicts, Has.All.Contains(": accepted, "));
        Assert.That(code, Is.Zero);
    }

    [TestCaseSource(nameof(ProblemsWithAChoice))]
    public void A_policy_that_is_not_worth_the_lower_bound_is_rejected_by_both(SoftProblem problem)
    {
        SoftSolution solution = problem.Solve();
        ValueEnclosure enclosure = ValueEnclosure.Of(solution);
        string[] files = Write(problem.Mdp, new ValueEnclosure(problem, enclosure.Lower, enclosure.Upper, Policy.Uniform(problem.Mdp.Kernel)));
        Assert.That(CertificateFile.Read(files[0], problem.Mdp).Check()?.Part, Is.EqualTo(EnclosurePart.Lower));
        (int code, string[] verdicts) = CertificateChecker.Check(ModelPath, files);
        Assert.That(code, Is.EqualTo(1));
        Assert.That(verdicts.Single(), Does.EndWith("the lower bound is not proved"));
    }

    [TestCase("NaN")]
    [TestCase("null")]
    [TestCase("1e999")]
    [TestCase("\"1\"")]
    [TestCase("true")]
    public void What_is_no_number_is_bad_input_to_both(string entry)
    {
        SoftProblem problem = OracleCase.All[0].Scenario.Candidate;
        string model = Write(problem.Mdp)[0], path = _folder.Write("c.json", $$"""{"format": "rift-certificate-1", "temperature": 1, "discount": 0.5, "lower": [{{entry}}], "upper": [9]}""");
        Assert.That(CommandRun.Of("certify", model, path).Code, Is.EqualTo(2));
        Assert.That(CertificateChecker.Check(model, path).Code, Is.EqualTo(2));
    }

    private string ModelPath => _folder.PathOf("model.json");

    /// <summary>False claims near a true one: one bound everywhere on the wrong side of V*, or in a single state, or the two swapped.</summary>
    private static IEnumerable<ValueEnclosure> FalseClaims(ValueEnclosure enclosure)
    {
        double[] lower = enclosure.Lower.ToArray(), upper = enclosure.Upper.ToArray(), middle = [.. lower.Zip(upper, (l, u) => l + ((u - l) / 2))];
        double halfWidth = enclosure.Width / 2;
        foreach (double units in (double[])[2, 3, 5])
        {
            yield return With([.. middle.Select(v => v + (units * halfWidth))], [.. upper.Select(v => v + (units * halfWidth))]);
            yield return With([.. lower.Select(v => v - (units * halfWidth))], [.. middle.Select(v => v - (units * halfWidth))]);
            yield return With([.. middle.Select(v => v + (units * halfWidth))], lower);
        }

        for (int i = 0; i < 6; i++)
        {
            int state = i * lower.Length / 6;
            yield return With([.. lower.Select((v, s) => s == state ? upper[s] + ((1 + i) * halfWidth) : v)], upper);
            yield return With(lower, [.. upper.Select((v, s) => s == state ? lower[s] - ((1 + i) * halfWidth) : v)]);
        }

        yield return With(upper, lower);

        ValueEnclosure With(double[] low, double[] high) => new(enclosure.Problem, low, high);
    }

    private void AssertAccepted(params SoftProblem[] problems)
    {
        ValueEnclosure[] claims = [.. problems.Select(problem => problem.Solve()).SelectMany(solution => new[] { ValueEnclosure.Of(solution), ValueEnclosure.Of(solution, solution.Policy) })];
        string[] files = Write(problems[0].Mdp, claims);
        foreach (string file in files) Assert.That(CertificateFile.Read(file, problems[0].Mdp).Check(), Is.Null, file);
        (int code, string[] verdicts) = CertificateChecker.Check(ModelPath, files);
        Assert.That(verdicts, Has.Length.EqualTo(files.Length).And.All.Contains(": accepted, "));
        Assert.That(code, Is.Zero);
    }

    /// <summary>Writes the model and what is claimed of it; returns the paths of the certificates, or that of the model where there are none.</summary>
    private string[] Write(MarkovDecisionProcess mdp, params ValueEnclosure[] claims)
    {
        ModelFile.Write(mdp, ModelPath);
        string[] files = [.. claims.Select((_, i) => _folder.PathOf($"certificate{i}.json"))];
        for (int i = 0; i < files.Length; i++) CertificateFile.Write(claims[i], files[i]);
        return files.Length > 0 ? files : [ModelPath];
    }
}
