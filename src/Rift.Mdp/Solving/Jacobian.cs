namespace Rift.Mdp;

/// <summary>How the optimal Q moves with the reward: J = dQ/dr = (I - gamma W)^-1 with W[(s,a),(s',a')] = T(s'|s,a) pi(a'|s') (56), (58).</summary>
/// <remarks>
/// W is the expectation followed by averaging under the policy, so <c>J x = x + gamma E (I - gamma P_pi)^-1 &lt;pi, x&gt;</c>: one S-sized solve and never an
/// SA-sized inverse. J x is also the plain Q-function of the policy for the reward x, without entropy. One factorisation serves every direction.
/// </remarks>
public sealed class Jacobian
{
    private readonly MarkovDecisionProcess _mdp;
    private readonly DiscountedSolve _solve;

    /// <summary>The Jacobian at a policy.</summary>
    /// <param name="mdp">The process.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="method">How the system is solved.</param>
    public Jacobian(MarkovDecisionProcess mdp, Policy policy, LinearMethod method = LinearMethod.Auto)
        : this(mdp, policy, new DiscountedSolve(mdp, policy, method))
    {
    }

    /// <summary>The Jacobian at a policy, with a system that was factorised before for the same process and policy.</summary>
    /// <param name="mdp">The process.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="solve">The system of the same process and policy.</param>
    public Jacobian(MarkovDecisionProcess mdp, Policy policy, DiscountedSolve solve)
    {
        _mdp = Require.NotNull(mdp);
        Policy = Require.NotNull(policy).RequireFits(mdp.Kernel);
        _solve = Require.NotNull(solve);
    }

    /// <summary>The policy pi.</summary>
    public Policy Policy { get; }

    /// <summary>J x, S x A.</summary>
    /// <param name="direction">The direction x of the reward, S x A.</param>
    public StateActionTable Apply(StateActionTable direction)
    {
        CertifiedVector collected = Collected(direction);
        return direction + (_mdp.Discount * _mdp.Kernel.Expect(collected.Values));
    }

    /// <summary>A bound of the error of every entry of <see cref="Apply"/>.</summary>
    /// <param name="direction">The direction x of the reward, S x A.</param>
    public double ErrorBound(StateActionTable direction)
    {
        CertifiedVector collected = Collected(direction);
        double size = SoftProblem.LargestAbs(collected.Values);
        return Rounding.SecondOrder * ((_mdp.Discount * (1 + _mdp.Kernel.RowSumError) * collected.ErrorBound)
            + (Rounding.Unit * (((_mdp.Kernel.LargestRow + 2) * _mdp.Discount * size) + direction.MaxAbs())) + (_mdp.Discount * _mdp.Kernel.RowSumError * size));
    }

    /// <summary>
    /// A x = J x - &lt;pi, J x&gt;: the advantage of the policy for the reward x, S x A; 0 where the action is not available. The part of J x that is common to all states, of size 1/(1 - gamma), is taken
    /// out before it can cancel.
    /// </summary>
    /// <param name="direction">The reward x, S x A.</param>
    public StateActionTable Advantage(StateActionTable direction) => Advantage(direction, out _);

    /// <summary><see cref="Advantage(StateActionTable)"/>, and beside it dV/dr x = (I - gamma P_pi)^-1 &lt;pi, x&gt; up to what it has in common to all states.</summary>
    /// <param name="direction">x, S x A.</param>
    /// <param name="values">S entries, 0 in the first state.</param>
    public StateActionTable Advantage(StateActionTable direction, out double[] values)
    {
        double[] collected = values = Collected(direction).Values;
        double common = collected[0];
        for (int s = 0; s < collected.Length; s++) collected[s] -= common;
        StateActionTable q = direction + (_mdp.Discount * _mdp.Kernel.Expect(collected));
        double[] average = new double[_mdp.States];
        for (int s = 0; s < average.Length; s++) average[s] = _solve.Chain.Average(s, q.Row(s));
        return StateActionTable.Create(q.States, q.Actions, (s, a) => _mdp.IsAvailable(s, a) ? q[s, a] - average[s] : 0);
    }

    /// <summary>(I - gamma P_pi)^-1 &lt;pi, x&gt;.</summary>
    private CertifiedVector Collected(StateActionTable direction)
    {
        Require.Shape(Require.NotNull(direction), _mdp.States, _mdp.Actions, nameof(direction));
        double[] average = new double[_mdp.States];
        double rounding = 0;
        for (int s = 0; s < average.Length; s++)
        {
            average[s] = _solve.Chain.Average(s, direction.Row(s));
            double error = 0;
            for (int a = 0; a < _mdp.Actions; a++)
                if (_solve.Chain.Probabilities(s)[a] is double p and > 0) error += p * Math.Abs(direction[s, a]) * (_mdp.Actions + 3 + Math.Abs(Policy.LogProbability(s, a)));
            rounding = Math.Max(rounding, Rounding.SecondOrder * Rounding.Unit * error);
        }

        return _solve.Solve(average, rounding);
    }
}
