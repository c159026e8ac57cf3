using Rift.Mdp;

namespace Rift.Theory.Tests;

/// <summary>Statements as they are misprinted or misread: the ledger must notice each.</summary>
public class BrokenStatementTests
{
    public static IEnumerable<Statement> Broken =>
        [new SeriesWithoutItsFirstTerm(), new SeriesWithAMinus(), new PolicyWithoutNormaliser(), new OneOmegaInBothPlaces(), new TerminationForTruncation()];

    [TestCaseSource(nameof(Broken))]
    public void A_broken_statement_is_caught(Statement broken)
    {
        LedgerRow row = Ledger.Run([broken], [.. Enumerable.Range(0, 20).Select(i => new LedgerCase($"tame {i}", () => ScenarioOf.Tame(i)))]).Rows.Single();
        Assert.Multiple(() =>
        {
            Assert.That(row.Verdict, Is.EqualTo("fails"));
            Assert.That(row.Failures, Is.EqualTo(20), "in every case");
            Assert.That(row.WorstRatio, Is.GreaterThan(1e6), "and by far");
        });
    }

    /// <summary>(73), (74) as printed: nothing joins the term of y = 0 to the sum over y from 1 on; here that term is lost.</summary>
    private sealed class SeriesWithoutItsFirstTerm : Statement
    {
        public override string Id => "(73) lost";

        public override string? Equation => "(73)";

        public override string Title => "mu = (1-gamma) sum_(k>=1) gamma^k (d pi) W^k";

        public override Identity Check(SolvedScenario solved, SplittableRandom random) => Series(solved, firstTerm: 0);
    }

    /// <summary>(73), (74) with a minus where the plus is missing.</summary>
    private sealed class SeriesWithAMinus : Statement
    {
        public override string Id => "(73) minus";

        public override string? Equation => "(73)";

        public override string Title => "mu = (1-gamma) (d pi - sum_(k>=1) gamma^k (d pi) W^k)";

        public override Identity Check(SolvedScenario solved, SplittableRandom random) => Series(solved, firstTerm: -1);
    }

    /// <summary>(12) as printed: exp(Q*/alpha) without the factor exp(-V*/alpha).</summary>
    private sealed class PolicyWithoutNormaliser : Statement
    {
        public override string Id => "(12) printed";

        public override string? Equation => "(12)";

        public override string Title => "log pi* = Q*/alpha";

        public override Identity Check(SolvedScenario solved, SplittableRandom random) => new(
            solved.Expert.Policy.LogProbabilities.Entries.ToArray(), (solved.Expert.Q / solved.Temperature).Entries.ToArray(),
            solved.Expert.Certificate.LogPolicyRadius + (solved.Expert.Certificate.QRadius / solved.Temperature));
    }

    /// <summary>Theorem 4.1 with the scale of the prior in (5) taken for the KL weight of (6): optimal at omega = 1 only.</summary>
    private sealed class OneOmegaInBothPlaces : Statement
    {
        public override string Id => "4.1 literal";

        public override string? Equation => "(8)";

        public override string Title => "RQL with prior scale omega and temperature omega attains the best J_FT with KL weight omega";

        public override Identity Check(SolvedScenario solved, SplittableRandom random)
        {
            Scenario scenario = solved.Scenario;
            const double omega = 2;
            SoftSolution literal = SolvedScenario.Solve(SoftProblem.ResidualQLearning(scenario.Mdp, scenario.Prior, scenario.ResidualReward, omega, omega));
            SoftSolution best = SolvedScenario.Solve(SoftProblem.FineTuning(scenario.Mdp, scenario.Prior, scenario.ResidualReward, omega));
            CertifiedNumber attained = Objective.FineTuning(scenario.Mdp, literal.Policy, scenario.Prior, scenario.ResidualReward, omega);
            double error = attained.ErrorBound + best.Certificate.HalfWidth + (omega * literal.Certificate.LogPolicyRadius / (1 - scenario.Mdp.Discount));
            return new Identity([attained.Value], [best.Objective], error);
        }
    }

    /// <summary>"An e-stop may as well end the episode": the values of (5) with the successor's value dropped where phi stops.</summary>
    private sealed class TerminationForTruncation : Statement
    {
        public override string Id => "6.5 ended";

        public override string? Equation => null;

        public override string Title => "RQL(pi0, -phi) is the same whether an e-stop truncates or terminates";

        public override Identity Check(SolvedScenario solved, SplittableRandom random)
        {
            MarkovDecisionProcess mdp = solved.Mdp;
            StateActionTable phi = StateActionTable.Create(mdp.States, mdp.Actions, (s, a) => (s + a) % 3 == 0 ? 0.5 : 0);
            TransitionKernelBuilder kernel = new(mdp.States + 1, mdp.Actions);
            kernel.Add(mdp.States, 0, mdp.States, 1);
            for (int s = 0; s < mdp.States; s++)
            {
                for (int a = 0; a < mdp.Actions; a++)
                {
                    kernel.Add(s, a, mdp.States, phi[s, a]);
                    foreach (Successor next in mdp.Kernel.Successors(s, a)) kernel.Add(s, a, next.State, (1 - phi[s, a]) * next.Probability);
                }
            }

            StateActionTable WithEnd(StateActionTable table, double elsewhere) =>
                StateActionTable.Create(mdp.States + 1, mdp.Actions, (s, a) => s < mdp.States ? table[s, a] : a == 0 ? 0 : elsewhere);
            Policy prior = Policy.FromLogProbabilities(WithEnd(solved.Scenario.Prior.LogProbabilities, double.NegativeInfinity));
            MarkovDecisionProcess ending = new(kernel.Build(), WithEnd(mdp.Reward, 0), [.. mdp.Initial, 0], mdp.Discount);
            SoftSolution terminated = SolvedScenario.Solve(SoftProblem.ResidualQLearning(ending, prior, WithEnd(-phi, 0), solved.Temperature));
            SoftSolution truncated = SolvedScenario.Solve(SoftProblem.ResidualQLearning(mdp, solved.Scenario.Prior, -phi, solved.Temperature));
            return new Identity(
                [.. terminated.Values.ToArray().SkipLast(1)], truncated.Values.ToArray(), terminated.Certificate.HalfWidth + truncated.Certificate.HalfWidth);
        }
    }

    private static Identity Series(SolvedScenario solved, double firstTerm)
    {
        MarkovDecisionProcess mdp = solved.Mdp;
        StateActionTable probabilities = solved.Candidate.Policy.Probabilities;
        StateActionTable Spread(double[] states) => StateActionTable.Create(mdp.States, mdp.Actions, (s, a) => states[s] * probabilities[s, a]);
        StateActionTable term = Spread(mdp.Initial.ToArray()), sum = firstTerm * term;
        for (int k = 1; k < 500; k++) sum += term = Spread(Array.ConvertAll(mdp.Kernel.Push(term), x => mdp.Discount * x));
        // What is cut off has a mass of 0.9^500, below 1e-22; five hundred steps and sums round by far less than 1e-11.
        return new Identity(solved.CandidateVisitation.Pairs.Entries.ToArray(), ((1 - mdp.Discount) * sum).Entries.ToArray(), 1e-11);
    }
}
