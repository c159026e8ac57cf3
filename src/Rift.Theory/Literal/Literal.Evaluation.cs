namespace Rift.Theory;

/// <content>What a policy is worth and where it goes; the objectives (1), (5), (6), (7).</content>
public static partial class Literal
{
    /// <summary>V^pi (3): V(s) = sum_a pi(a|s) (Q(s,a) - alpha (log pi(a|s) - l(s,a))), solved with (2) for V. With l = 0 the bonus is the entropy, with l = log pi0 the divergence.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="logPolicy">log pi, S x A.</param>
    public static T[] PolicyV<T>(LiteralProblem<T> problem, T[,] logPolicy)
        where T : struct, IReal<T>
    {
        T[,] chain = Chain(problem, Probabilities(logPolicy));
        T[] earned = AverageQ(problem, logPolicy, problem.Reward);
        return Dense.Solve(Dense.IdentityMinus(problem.States, (i, j) => problem.Discount * chain[i, j]), earned);
    }

    /// <summary>sum_a pi(a|s) (Q(s,a) - alpha (log pi(a|s) - l(s,a))) (3).</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="logPolicy">log pi, S x A.</param>
    /// <param name="Q">Q, S x A.</param>
    public static T[] AverageQ<T>(LiteralProblem<T> problem, T[,] logPolicy, T[,] Q)
        where T : struct, IReal<T>
    {
        T[,] policy = Probabilities(logPolicy);
        return Dense.Vector(problem.States, s => Expectation(policy, s, a => Q[s, a] - (problem.Temperature * (logPolicy[s, a] - problem.LogBase[s, a]))));
    }

    /// <summary>J(pi) = sum_s d(s) V^pi(s): J_ME (1) where l = 0, J_FT (6) for <see cref="FineTuning"/>, and J_INT (7) for that with the reward -phi.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="logPolicy">log pi, S x A.</param>
    public static T Objective<T>(LiteralProblem<T> problem, T[,] logPolicy)
        where T : struct, IReal<T> =>
        InitialExpectation(problem, PolicyV(problem, logPolicy));

    /// <summary>sum_s d(s) V(s).</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="V">V, S entries.</param>
    public static T InitialExpectation<T>(LiteralProblem<T> problem, T[] V)
        where T : struct, IReal<T> =>
        Dense.Sum(problem.States, s => problem.Initial[s] * V[s]);

    /// <summary>Residual Q-learning (5) as a problem: the residual reward, temperature alpha, and l = omega log pi0 with omega above 0; what the prior excludes stays excluded.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="logPrior">log pi0, S x A.</param>
    /// <param name="residualReward">r_R, S x A.</param>
    /// <param name="temperature">alpha, positive.</param>
    /// <param name="omega">omega of (5): the scale of log pi0.</param>
    public static LiteralProblem<T> ResidualQLearning<T>(LiteralProblem<T> problem, T[,] logPrior, T[,] residualReward, T temperature, T omega)
        where T : struct, IReal<T> =>
        problem with
        {
            Reward = residualReward,
            Temperature = temperature,
            LogBase = Dense.Table(problem.States, problem.Actions, (s, a) => logPrior[s, a] > T.FromDouble(double.NegativeInfinity) ? omega * logPrior[s, a] : logPrior[s, a]),
        };

    /// <summary>KL-regularised fine-tuning (6) as a problem: the reward, temperature the KL weight, and l = log pi0.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="logPrior">log pi0, S x A.</param>
    /// <param name="reward">r, S x A.</param>
    /// <param name="klWeight">omega of (6), at least 0, in the units of the reward per nat.</param>
    public static LiteralProblem<T> FineTuning<T>(LiteralProblem<T> problem, T[,] logPrior, T[,] reward, T klWeight)
        where T : struct, IReal<T> =>
        problem with { Reward = reward, Temperature = klWeight, LogBase = logPrior };

    /// <summary>rho_t (4) for t = 0 .. steps - 1: rho_0 = d, rho_t+1(s') = sum_s,a rho_t(s) pi(a|s) T(s'|s,a).</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="logPolicy">log pi, S x A.</param>
    /// <param name="steps">Number of steps, at least 1.</param>
    public static T[][] PerStep<T>(LiteralProblem<T> problem, T[,] logPolicy, int steps)
        where T : struct, IReal<T>
    {
        T[,] chain = Chain(problem, Probabilities(logPolicy));
        T[][] rho = new T[steps][];
        rho[0] = problem.Initial;
        for (int t = 1; t < steps; t++)
        {
            T[] before = rho[t - 1];
            rho[t] = Dense.Vector(problem.States, next => Dense.Sum(problem.States, s => before[s] * chain[s, next]));
        }

        return rho;
    }

    /// <summary>rho = (1 - gamma) sum_t gamma^t rho_t, from rho = (1 - gamma) d + gamma P_pi' rho.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="logPolicy">log pi, S x A.</param>
    public static T[] StateVisitation<T>(LiteralProblem<T> problem, T[,] logPolicy)
        where T : struct, IReal<T>
    {
        T[,] chain = Chain(problem, Probabilities(logPolicy));
        T[] start = Dense.Vector(problem.States, s => (T.One - problem.Discount) * problem.Initial[s]);
        return Dense.Solve(Dense.IdentityMinus(problem.States, (i, j) => problem.Discount * chain[j, i]), start);
    }

    /// <summary>mu(s,a) = rho(s) pi(a|s).</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="logPolicy">log pi, S x A.</param>
    public static T[,] Occupancy<T>(LiteralProblem<T> problem, T[,] logPolicy)
        where T : struct, IReal<T>
    {
        T[] rho = StateVisitation(problem, logPolicy);
        return Dense.Table(problem.States, problem.Actions, (s, a) => rho[s] * T.Exp(logPolicy[s, a]));
    }

    /// <summary>sum_a pi(a|s) x(a), where actions of probability zero do not count.</summary>
    private static T Expectation<T>(T[,] policy, int s, Func<int, T> x)
        where T : struct, IReal<T> =>
        Dense.Sum(policy.GetLength(1), a => policy[s, a] > T.Zero ? policy[s, a] * x(a) : T.Zero);
}
