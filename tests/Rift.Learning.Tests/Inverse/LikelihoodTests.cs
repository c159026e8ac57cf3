using Rift.Theory;

namespace Rift.Learning.Tests;

/// <summary>The log-likelihood and its derivatives against the literal equations in double-double, differentiated by differences.</summary>
public class LikelihoodTests
{
    // A central difference extrapolated once (Richardson 1911) errs by some h^4, here 1e-16 of a derivative of order five or six, and by the rounding of double-double over h^2, 1e-24.
    private const double Step = 1e-4, Truncation = 1e-13;

    private static IEnumerable<object[]> Cases =>
    [
        .. Enumerable.Range(1, 4).Select(seed => new object[] { SmallProblems.Garnet(seed), new double[] { 0.8, -0.5, 0.3 }, 0.7 }),
        .. Enumerable.Range(1, 4).Select(seed => new object[] { SmallProblems.Mixture(seed), new double[] { 0.8, -0.5, 0.5, 0.2 }, 1.3 }),
        [SmallProblems.Garnet(5, discount: 0.99), new double[] { 0.8, -0.5, 0.3 }, 1.0],
        [SmallProblems.Mixture(5, discount: 0), new double[] { 0.8, -0.5, 0.5, 0.2 }, 1.0],
    ];

    [TestCaseSource(nameof(Cases))]
    public void Value_gradient_and_Hessian_are_those_of_the_literal_equations(LinearProcess process, double[] point, double temperature)
    {
        Demonstrations data = Data(process);
        Likelihood likelihood = Likelihood.At(process, data, temperature, point)!;
        DoubleDouble[] at = [.. point.Select(DoubleDouble.FromDouble)];
        DoubleDouble Value(DoubleDouble[] x) => Literally(process, data, x, temperature);
        // What a score may be off by: the proved error for the policy in hand, and what the policy's own error moves it by, through averages of V that sum over 1/(1 - gamma) steps.
        double largest = likelihood.Scores.Max(score => score.MaxAbs()), horizon = 1 / (1 - process.Discount);
        double scoreError = Enumerable.Range(0, point.Length).Max(likelihood.ScoreError) + (8 * horizon * largest * likelihood.Solution.Certificate.LogPolicyRadius);
        double mass = data.Total * (1 + (2 * horizon));
        double[] gradient = likelihood.Gradient;
        double[,] observed = likelihood.ObservedInformation;
        Assert.Multiple(() =>
        {
            Assert.That(likelihood.Choices.ErrorBound, Is.LessThan(1e-8));
            Assert.That(likelihood.Value, Is.EqualTo(Value(at).ToDouble()).Within(likelihood.Choices.ErrorBound + (1e-15 * data.Total)));
            for (int k = 0; k < point.Length; k++)
            {
                Assert.That(gradient[k], Is.EqualTo(First(Value, at, k)).Within((mass * scoreError) + (Truncation * data.Total)), $"gradient {k}");
                for (int l = 0; l < point.Length; l++)
                    Assert.That(-observed[k, l], Is.EqualTo(Second(Value, at, k, l)).Within((4 * mass * (1 + largest) * horizon * scoreError) + (Truncation * data.Total * 100)), $"Hessian {k}, {l}");
            }
        });
    }

    [Test]
    public void The_observed_information_of_an_expert_s_own_occupancy_is_the_Hessian_of_Psi([Values(1, 2, 3)] long seed)
    {
        LinearProcess process = SmallProblems.Garnet(seed);
        MarkovDecisionProcess mdp = process.At(SmallProblems.Truth);
        Policy expert = new SoftProblem(mdp, 0.7).Solve().Policy;
        Likelihood likelihood = Likelihood.At(process, Demonstrations.OfPolicy(Visitation.Of(mdp, expert)), 0.7, SmallProblems.Truth)!;
        PsiHessian hessian = new(mdp, expert, 0.7);
        double[,] observed = likelihood.ObservedInformation, expected = likelihood.ExpectedInformation;
        for (int k = 0; k < 3; k++)
        {
            for (int l = 0; l < 3; l++)
            {
                CertifiedNumber curvature = hessian.Curvature(process.Features[k].Values, process.Features[l].Values);
                // At its own policy observed and expected information agree: x = rho.
                double bound = curvature.ErrorBound + (1e-12 * Math.Abs(curvature.Value)) + 1e-12;
                Assert.That(observed[k, l], Is.EqualTo(curvature.Value).Within(bound));
                Assert.That(expected[k, l], Is.EqualTo(curvature.Value).Within(bound));
            }
        }
    }

    [Test]
    public void The_log_likelihood_of_an_occupancy_is_minus_Psi_and_the_expert_s_entropy([Values(1, 2, 3)] long seed)
    {
        LinearProcess process = SmallProblems.Garnet(seed);
        MarkovDecisionProcess mdp = process.At(SmallProblems.Truth);
        Policy expert = new SoftProblem(mdp, 1).Solve().Policy;
        Visitation visitation = Visitation.Of(mdp, expert);
        Likelihood elsewhere = Likelihood.At(process, Demonstrations.OfPolicy(visitation), 1, [0.1, 0.2, -0.4])!;
        CertifiedNumber psi = Objective.Imitation(visitation, expert, elsewhere.Solution.Policy, elsewhere.Solution.Certificate.LogPolicyRadius);
        double entropy = Enumerable.Range(0, mdp.States).Sum(s => visitation.States.Values[s] * expert.Entropy(s));
        Assert.That(elsewhere.Value, Is.EqualTo(-psi.Value - entropy).Within(psi.ErrorBound + elsewhere.Choices.ErrorBound + 1e-14));
    }

    private static Demonstrations Data(LinearProcess process) => process.Outcomes.Count == 0
        ? Demonstrations.FromCounts(SmallProblems.Counts(process, 7))
        : Demonstrations.FromOutcomes([.. Enumerable.Range(0, process.Outcomes.Count).Select(j => SmallProblems.Counts(process, 7 + j))]);

    private static DoubleDouble Literally(LinearProcess process, Demonstrations data, DoubleDouble[] point, double temperature)
    {
        int states = process.States, actions = process.Actions, features = process.Features.Count;
        DoubleDouble[] p = [.. point[features..], .. process.Outcomes.Take(1).Select(_ => point[features..].Aggregate((DoubleDouble)1, (left, next) => left - next))];
        TransitionKernel[] kernels = p.Length > 0 ? [.. process.Outcomes.Select(outcome => outcome.Kernel)] : [process.Kernel];
        DoubleDouble[,,] kernel = new DoubleDouble[states, actions, states];
        DoubleDouble[,] reward = new DoubleDouble[states, actions], noBase = new DoubleDouble[states, actions];
        for (int s = 0; s < states; s++)
        {
            for (int a = 0; a < actions; a++)
            {
                for (int j = 0; j < kernels.Length; j++)
                    foreach (Successor next in kernels[j].Successors(s, a)) kernel[s, a, next.State] += (p.Length > 0 ? p[j] : 1) * next.Probability;
                for (int k = 0; k < features; k++) reward[s, a] += point[k] * process.Features[k].Values[s, a];
            }
        }

        LiteralProblem<DoubleDouble> problem = new() { Kernel = kernel, Reward = reward, LogBase = noBase, Initial = new DoubleDouble[states], Discount = process.Discount, Temperature = temperature };
        DoubleDouble[,] logPolicy = Literal.Optimum(problem).LogPolicy;
        DoubleDouble sum = 0;
        for (int s = 0; s < states; s++)
            for (int a = 0; a < actions; a++) sum += data.Counts[s, a] * logPolicy[s, a];
        for (int j = 0; j < p.Length; j++) sum += data.OutcomeCounts[j].Sum() * DoubleDouble.Log(p[j]);
        return sum;
    }

    private static double First(Func<DoubleDouble[], DoubleDouble> f, DoubleDouble[] at, int k)
    {
        DoubleDouble Difference(double h) => (f(Moved(at, k, h)) - f(Moved(at, k, -h))) / (2 * h);
        return (((4 * Difference(Step / 2)) - Difference(Step)) / 3).ToDouble();
    }

    private static double Second(Func<DoubleDouble[], DoubleDouble> f, DoubleDouble[] at, int k, int l)
    {
        DoubleDouble Difference(double h) => (f(Moved(Moved(at, k, h), l, h)) - f(Moved(Moved(at, k, h), l, -h)) - f(Moved(Moved(at, k, -h), l, h)) + f(Moved(Moved(at, k, -h), l, -h))) / ((DoubleDouble)(4 * h) * h);
        return (((4 * Difference(Step / 2)) - Difference(Step)) / 3).ToDouble();
    }

    private static DoubleDouble[] Moved(DoubleDouble[] at, int k, double by) => [.. at.Select((x, i) => i == k ? x + by : x)];
}
