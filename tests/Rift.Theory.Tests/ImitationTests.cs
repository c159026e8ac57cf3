using FsCheck.Fluent;
using MathNet.Numerics.LinearAlgebra;
using Rift.Mdp;

namespace Rift.Theory.Tests;

public class ImitationTests
{
    [Test]
    public void The_Jacobian_is_the_inverse_of_the_identity_minus_gamma_W() =>
        ScenarioOf.ForAll(100, plan =>
        {
            SolvedScenario solved = new(ScenarioOf.Plan(plan));
            MarkovDecisionProcess mdp = solved.Mdp;
            int pairs = mdp.States * mdp.Actions;
            Matrix<double> system = Matrix<double>.Build.Dense(pairs, pairs, (i, j) => (i == j ? 1 : 0) - (mdp.Discount * W(mdp, solved.Candidate.Policy, i, j)));
            Matrix<double> inverse = system.Inverse();
            // An inverse by LU errs by about SA roundoffs of the condition number, here at most 2/(1 - gamma), times its own size, at most 1/(1 - gamma).
            double horizon = 1 / (1 - mdp.Discount), error = 8 * pairs * pairs * Rounding.Unit * 2 * horizon * horizon;
            return Enumerable.Range(0, pairs).All(j =>
            {
                StateActionTable column = solved.Jacobian.Apply(Coordinate(mdp, j));
                return Enumerable.Range(0, pairs).All(i => Math.Abs(column[i] - inverse[i, j]) <= error + solved.Jacobian.ErrorBound(Coordinate(mdp, j)));
            }).ToProperty();
        });

    [Test]
    public void The_spectral_radius_of_W_is_at_most_one_though_its_eigenvalues_may_be_complex()
    {
        // A cycle of three states: the eigenvalues are the cube roots of one, so the printed interval [-1, 1] does not hold and the radius does.
        TransitionKernelBuilder kernel = new(3, 1);
        for (int s = 0; s < 3; s++) kernel.Add(s, 0, (s + 1) % 3, 1);
        MarkovDecisionProcess mdp = new(kernel.Build(), StateActionTable.Constant(3, 1, 0), [1, 0, 0], 0.9);
        Vector<System.Numerics.Complex> eigenvalues = Matrix<double>.Build.Dense(3, 3, (i, j) => W(mdp, Policy.Uniform(mdp.Kernel), i, j)).Evd().EigenValues;
        Assert.Multiple(() =>
        {
            Assert.That(eigenvalues.Max(x => x.Magnitude), Is.EqualTo(1).Within(1e-14));
            Assert.That(eigenvalues.Max(x => Math.Abs(x.Imaginary)), Is.EqualTo(Math.Sqrt(3) / 2).Within(1e-14));
        });
    }

    [Test]
    public void The_Hessian_is_the_derivative_of_the_gradient()
    {
        SolvedScenario solved = new(ScenarioOf.Tame());
        MarkovDecisionProcess mdp = solved.Mdp;
        double[,] hessian = Imitation.Hessian(mdp, solved.Candidate.Policy, solved.Temperature);
        const double step = 1e-4;
        for (int j = 0; j < 12; j++)
        {
            StateActionTable Gradient(double t)
            {
                SoftSolution moved = SolvedScenario.Solve(new SoftProblem(mdp.WithReward(mdp.Reward + (t * Coordinate(mdp, j))), solved.Temperature));
                return solved.Imitation.Gradient(Visitation.Of(mdp, moved.Policy), solved.Temperature);
            }

            StateActionTable difference = (Gradient(step) - Gradient(-step)) / (2 * step);
            // The gradient is known to about 1e-14: noise 1e-10; its third derivative is below 10 here: truncation 2e-8.
            for (int i = 0; i < 12; i++) Assert.That(hessian[i, j], Is.EqualTo(difference[i]).Within(3e-8));
        }
    }

    [Test]
    public void The_Hessian_is_symmetric_positive_semidefinite_and_flat_along_shaping() =>
        ScenarioOf.ForAll(60, plan =>
        {
            SolvedScenario solved = new(ScenarioOf.Plan(plan with { Temperature = 1 }));
            MarkovDecisionProcess mdp = solved.Mdp;
            int pairs = mdp.States * mdp.Actions;
            Matrix<double> hessian = Matrix<double>.Build.DenseOfArray(Imitation.Hessian(mdp, solved.Candidate.Policy, 1));
            // Entries are averages of products of two advantages of size up to 1/(1 - gamma), known to about S A roundoffs of 1/(1 - gamma)^2 each.
            double horizon = 1 / (1 - mdp.Discount), error = 100 * pairs * Rounding.Unit * horizon * horizon * horizon;
            double[] potential = [.. Enumerable.Range(0, mdp.States).Select(s => Math.Sin(s + 1))];
            StateActionTable expected = mdp.Kernel.Expect(potential);
            Vector<double> shaping = Vector<double>.Build.Dense(pairs, i => mdp.IsAvailable(i / mdp.Actions, i % mdp.Actions) ? (mdp.Discount * expected[i]) - potential[i / mdp.Actions] : 0);
            bool symmetric = (hessian - hessian.Transpose()).InfinityNorm() <= error;
            bool positive = hessian.Evd(Symmetricity.Symmetric).EigenValues.Min(x => x.Real) >= -error * pairs;
            bool flat = (hessian * shaping).AbsoluteMaximum() <= error * pairs * 2;
            return symmetric.Label("symmetric").And(positive.Label("positive")).And(flat.Label("flat"));
        });

    [Test]
    public void Psi_is_zero_at_the_expert_and_infinite_where_the_policy_never_does_what_the_expert_does()
    {
        SolvedScenario solved = new(ScenarioOf.Tame());
        Policy never = Policy.Deterministic([0, 0, 0, 0], 3);
        Assert.Multiple(() =>
        {
            Assert.That(solved.Imitation.Psi(solved.Expert.Policy).Value, Is.Zero);
            Assert.That(solved.Imitation.Psi(never).Value, Is.EqualTo(double.PositiveInfinity));
        });
    }

    [Test]
    public void Psi_is_convex_in_the_reward() =>
        ScenarioOf.ForAll(150, plan =>
        {
            SolvedScenario solved = new(ScenarioOf.Plan(plan));
            MarkovDecisionProcess mdp = solved.Mdp;
            StateActionTable there = mdp.Reward + plan.Table([.. plan.PriorWeights.Select(w => plan.Temperature * Math.Max(w, -10))]);
            CertifiedNumber PsiAt(double t)
            {
                SoftSolution solution = SolvedScenario.Solve(new SoftProblem(mdp.WithReward(((1 - t) * mdp.Reward) + (t * there)), plan.Temperature));
                return solved.Imitation.Psi(solution.Policy, solution.Certificate.LogPolicyRadius);
            }

            CertifiedNumber start = PsiAt(0), middle = PsiAt(0.5), end = PsiAt(1);
            // The mixed reward is rounded three times, and Psi answers with at most 2/alpha.
            double reward = 6 * Rounding.Unit * (mdp.Reward.MaxAbs() + there.MaxAbs()) / plan.Temperature;
            return (middle.Value <= ((start.Value + end.Value) / 2) + start.ErrorBound + middle.ErrorBound + end.ErrorBound + reward).ToProperty();
        });

    private static double W(MarkovDecisionProcess mdp, Policy policy, int i, int j)
    {
        double[] next = new double[mdp.States];
        mdp.Kernel.AddRow(i / mdp.Actions, i % mdp.Actions, 1, next);
        return next[j / mdp.Actions] * policy.Probability(j / mdp.Actions, j % mdp.Actions);
    }

    private static StateActionTable Coordinate(MarkovDecisionProcess mdp, int pair) =>
        StateActionTable.Create(mdp.States, mdp.Actions, (s, a) => (s * mdp.Actions) + a == pair ? 1 : 0);
}
