namespace Rift.Mdp.Tests;

/// <summary>The golden cases, every field that this library produces, by every algorithm, kernel and linear solver that can produce it.</summary>
public class OracleTests
{
    private static readonly bool[] _falseAndTrue = [false, true];

    private static readonly SoftAlgorithm[] _algorithms =
    [
        new Auto { Tolerance = Tolerance.RoundingFloor },
        new ValueIteration { Tolerance = Tolerance.RoundingFloor },
        new ModifiedPolicyIteration { Tolerance = Tolerance.RoundingFloor },
        new GaussSeidel { Tolerance = Tolerance.RoundingFloor },
        new ModifiedPolicyIteration { Tolerance = Tolerance.RoundingFloor, EvaluationSweeps = 1 },
        new SoftPolicyIteration { Tolerance = Tolerance.RoundingFloor },
        new SoftPolicyIteration { Tolerance = Tolerance.RoundingFloor, Linear = LinearMethod.Elimination },
        new SoftPolicyIteration { Tolerance = Tolerance.RoundingFloor, Linear = LinearMethod.Lu },
        new SoftPolicyIteration { Tolerance = Tolerance.RoundingFloor, Linear = LinearMethod.Krylov },
    ];

    private static IEnumerable<TestCaseData> Solvers =>
        from algorithm in _algorithms
        from golden in OracleCase.All
        from dense in _falseAndTrue
        select new TestCaseData(golden, algorithm, dense).SetArgDisplayNames(golden.ToString(), Named(algorithm), dense ? "dense" : "sparse");

    private static IEnumerable<TestCaseData> LinearSolvers =>
        from method in Enum.GetValues<LinearMethod>()
        from golden in OracleCase.All
        from dense in _falseAndTrue
        select new TestCaseData(golden, method, dense).SetArgDisplayNames(golden.ToString(), method.ToString(), dense ? "dense" : "sparse");

    [TestCaseSource(nameof(Solvers))]
    public void Every_algorithm_finds_the_soft_optima(OracleCase golden, SoftAlgorithm algorithm, bool dense)
    {
        Scenario scenario = WithKernel(golden.Scenario, dense);
        using (Assert.EnterMultipleScope())
        {
            AssertSoftOptimum(golden, algorithm.Solve(scenario.Expert), "QStar", "VStar", "logPiStar", "piStar", 0);
            AssertSoftOptimum(golden, algorithm.Solve(scenario.Candidate), "QHat", "VHat", "logPiHat", "piHat", 0);
            Close(golden, "JME_piStar_rStar", [algorithm.Solve(scenario.Expert).Objective]);
        }
    }

    [TestCaseSource(nameof(Solvers))]
    public void Every_algorithm_finds_residual_and_fine_tuned_optima(OracleCase golden, SoftAlgorithm algorithm, bool dense)
    {
        Scenario scenario = WithKernel(golden.Scenario, dense);
        for (int k = 0; k < scenario.Omegas.Count; k++)
        {
            double omega = scenario.Omegas[k];
            SoftSolution residual = algorithm.Solve(SoftProblem.ResidualQLearning(scenario.Mdp, scenario.Prior, scenario.ResidualReward, scenario.Temperature, omega));
            AssertSoftOptimum(golden, residual, "rqlQ", "rqlV", "rqlLogPi1", "rqlPi1", k);
            SoftSolution tuned = algorithm.Solve(SoftProblem.FineTuning(scenario.Mdp, scenario.Prior, scenario.ResidualReward, omega));
            AssertSoftOptimum(golden, tuned, "ftQ", "ftV", "ftLogPi", null, k);
            Close(golden, "ftMaxJ", [tuned.Objective], k);
            SoftSolution literal = algorithm.Solve(SoftProblem.ResidualQLearning(scenario.Mdp, scenario.Prior, scenario.ResidualReward, omega, omega));
            Close(golden, "litLogPi", literal.Policy.LogProbabilities.Entries, k);
            Close(golden, "litJFT", [Objective.FineTuning(scenario.Mdp, literal.Policy, scenario.Prior, scenario.ResidualReward, omega).Value], k);
        }
    }

    [TestCaseSource(nameof(Solvers))]
    public void Every_algorithm_finds_the_hard_optima(OracleCase golden, SoftAlgorithm algorithm, bool dense)
    {
        MarkovDecisionProcess mdp = WithKernel(golden.Scenario, dense).Mdp;
        AssertHardOptimum(golden, algorithm.Solve(new SoftProblem(mdp, 0)), "QHard", "VHard", "greedy_r");
        AssertHardOptimum(golden, algorithm.Solve(new SoftProblem(mdp.WithReward(golden.Scenario.ExpertReward), 0)), "QHardStar", "VHardStar", "greedy_rStar");
    }

    [TestCaseSource(nameof(LinearSolvers))]
    public void Every_linear_solver_finds_visitations(OracleCase golden, LinearMethod method, bool dense)
    {
        Scenario scenario = WithKernel(golden.Scenario, dense);
        Policy star = Optimal(scenario.Expert), hat = Optimal(scenario.Candidate);
        using (Assert.EnterMultipleScope())
        {
            foreach ((Policy policy, string suffix) in new[] { (scenario.Policy, "Pi"), (star, "PiStar"), (hat, "PiHat") })
            {
                Visitation visitation = Visitation.Of(scenario.Mdp, policy, method);
                Close(golden, "rho" + suffix, visitation.States.Values, relative: method == LinearMethod.Elimination);
                Close(golden, "mu" + suffix, visitation.Pairs.Entries, relative: method == LinearMethod.Elimination);
                Assert.That(
                    visitation.States.Values.Zip(golden["rho" + suffix], (x, y) => Math.Abs(x - y)).Sum(),
                    Is.LessThanOrEqualTo(visitation.States.ErrorBound + (scenario.Mdp.States * golden.Tolerance("rho" + suffix))));
            }

            Close(golden, "rhoTPi", [.. Visitation.PerStep(scenario.Mdp, scenario.Policy, 4).SelectMany(row => row)], relative: true);
            Close(golden, "rhoTPiStar", [.. Visitation.PerStep(scenario.Mdp, star, 4).SelectMany(row => row)], relative: true);
        }
    }

    [TestCaseSource(nameof(LinearSolvers))]
    public void Every_linear_solver_evaluates_policies(OracleCase golden, LinearMethod method, bool dense)
    {
        Scenario scenario = WithKernel(golden.Scenario, dense);
        PolicyValue value = PolicyValue.Of(scenario.Candidate, scenario.Policy, method);
        using (Assert.EnterMultipleScope())
        {
            Close(golden, "QPi", value.Q.Entries);
            Close(golden, "VPi", value.Values.Values);
            Close(golden, "APi", value.Advantage.Entries);
            Close(golden, "JME_pi", [value.Objective.Value]);
            Close(golden, "JME_pi", [Objective.MaximumEntropy(scenario.Mdp, scenario.Policy, scenario.Temperature).Value]);
            Inside(golden, "VPi", value.Values.Values, value.Values.ErrorBound);
            Inside(golden, "JME_pi", [value.Objective.Value], value.Objective.ErrorBound);
        }
    }

    [TestCaseSource(typeof(OracleCase), nameof(OracleCase.All))]
    public void Objectives_are_the_golden_ones(OracleCase golden)
    {
        Scenario scenario = golden.Scenario;
        Policy star = Optimal(scenario.Expert);
        for (int k = 0; k < scenario.Omegas.Count; k++)
        {
            double omega = scenario.Omegas[k];
            Close(golden, "JFT_pi", [Objective.FineTuning(scenario.Mdp, scenario.Policy, scenario.Prior, scenario.Mdp.Reward, omega).Value], k);
            Close(golden, "JFT_piStar", [Objective.FineTuning(scenario.Mdp, star, scenario.Prior, scenario.Mdp.Reward, omega).Value], k);
            for (int b = 0; b < scenario.Thresholds.Count; b++)
            {
                StateActionTable phi = new(scenario.Mdp.States, scenario.Mdp.Actions, Part(golden["phiMode"], b, scenario.Mdp.States * scenario.Mdp.Actions));
                int entry = (b * scenario.Omegas.Count) + k;
                Close(golden, "JINT_pi", [Objective.Intervention(scenario.Mdp, scenario.Policy, scenario.Prior, phi, omega).Value], entry);
                Close(golden, "JINT_piStar", [Objective.Intervention(scenario.Mdp, star, scenario.Prior, phi, omega).Value], entry);
                Close(golden, "JINT_pi0", [Objective.Intervention(scenario.Mdp, scenario.Prior, scenario.Prior, phi, omega).Value], b);
            }
        }
    }

    [TestCaseSource(typeof(OracleCase), nameof(OracleCase.All))]
    public void Bijections_are_the_golden_ones(OracleCase golden)
    {
        Scenario scenario = golden.Scenario;
        double[] potential = [.. scenario.Potential];
        Close(golden, "logPi0", scenario.Prior.LogProbabilities.Entries);
        Close(golden, "rShaped", Bijection.RewardOf(scenario.Candidate, scenario.Prior, potential).Entries);
        Close(golden, "QShaped", Bijection.QOf(scenario.Candidate, scenario.Prior, potential).Entries);
        SoftSolution expert = new Auto { Tolerance = Tolerance.RoundingFloor }.Solve(scenario.Expert);
        Close(golden, "rFromPiStar", Bijection.RewardOf(scenario.Expert, expert.Policy, expert.Values).Entries);
        SoftSolution shaped = new Auto { Tolerance = Tolerance.RoundingFloor }.Solve(scenario.Candidate.WithReward(Bijection.RewardOf(scenario.Candidate, scenario.Prior, potential)));
        Assert.That(shaped.Certificate.Contains(potential), "the potential is the value of the reward it shapes");
        Assert.That((shaped.Policy.LogProbabilities - scenario.Prior.LogProbabilities).MaxAbs(), Is.LessThanOrEqualTo(shaped.Certificate.LogPolicyRadius + (2 * golden.Tolerance("QShaped") / scenario.Temperature)));
    }

    private static Policy Optimal(SoftProblem problem) => new Auto { Tolerance = Tolerance.RoundingFloor }.Solve(problem).Policy;

    private static Scenario WithKernel(Scenario scenario, bool dense)
    {
        MarkovDecisionProcess mdp = scenario.Mdp;
        return dense ? scenario with { Mdp = new MarkovDecisionProcess(DenseKernel.From(mdp.Kernel), mdp.Reward, mdp.Initial, mdp.Discount) } : scenario;
    }

    private static void AssertSoftOptimum(OracleCase golden, SoftSolution solution, string q, string v, string logPi, string? pi, int part)
    {
        Assert.That(solution.Outcome, Is.EqualTo(Outcome.Converged));
        Close(golden, q, solution.Q.Entries, part);
        Close(golden, v, solution.Values, part);
        Close(golden, logPi, solution.Policy.LogProbabilities.Entries, part);
        if (pi is not null) Close(golden, pi, solution.Policy.Probabilities.Entries, part, relative: true);
        Inside(golden, v, solution.Values, solution.Certificate.HalfWidth, part);
        Inside(golden, q, solution.Q.Entries, solution.Certificate.QRadius, part);
        Inside(golden, logPi, solution.Policy.LogProbabilities.Entries, solution.Certificate.LogPolicyRadius, part);
    }

    private static void AssertHardOptimum(OracleCase golden, SoftSolution solution, string q, string v, string greedy)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(solution.Outcome, Is.EqualTo(Outcome.Converged));
            Close(golden, q, solution.Q.Entries);
            Close(golden, v, solution.Values);
            Inside(golden, v, solution.Values, solution.Certificate.HalfWidth);
            Inside(golden, q, solution.Q.Entries, solution.Certificate.QRadius);
            if (golden.Has(greedy)) Assert.That(solution.Policy.Probabilities.Entries.ToArray(), Is.EqualTo(Policy.Deterministic([.. golden[greedy].Select(a => (int)a)], solution.Problem.Mdp.Actions).Probabilities.Entries.ToArray()));
        }
    }

    /// <summary>The field at the tolerance of the file.</summary>
    private static void Close(OracleCase golden, string field, ReadOnlySpan<double> found, int part = 0, bool relative = false)
    {
        double[] expected = Part(golden[field], part, found.Length);
        double tolerance = golden.Tolerance(field);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.That(found[i], Is.EqualTo(expected[i]).Within(tolerance), $"{field}[{i}]");
            if (relative && expected[i] > 1e-290 && golden.RelativeTolerance(field) is double bound)
                Assert.That(found[i] / expected[i], Is.EqualTo(1).Within(bound), $"{field}[{i}], relative");
        }
    }

    /// <summary>The golden value within the proved bound; what rounding the inputs does to it (a 64th of the tolerance, doubled) is not the solver's.</summary>
    private static void Inside(OracleCase golden, string field, ReadOnlySpan<double> found, double bound, int part = 0)
    {
        double[] expected = Part(golden[field], part, found.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.That(found[i], Is.EqualTo(expected[i]).Within(bound + (golden.Tolerance(field) / 32)), $"{field}[{i}], certified");
    }

    private static double[] Part(double[] field, int part, int length) => field[(part * length)..((part + 1) * length)];

    private static string Named(SoftAlgorithm algorithm) =>
        algorithm is ModifiedPolicyIteration modified ? $"{algorithm.Name} ({modified.EvaluationSweeps})" : algorithm.Name;
}
