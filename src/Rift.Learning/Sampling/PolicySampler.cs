using Rift.Mdp;

namespace Rift.Learning;

/// <summary>Draws actions from a policy: a table for each state, made when the state is first met.</summary>
/// <remarks>Safe to share: whoever makes a table makes the same.</remarks>
internal sealed class PolicySampler(Policy policy)
{
    private readonly int[] _actions = [.. Enumerable.Range(0, policy.Actions)];
    private readonly AliasTable?[] _tables = new AliasTable?[policy.States];

    internal int Draw(int state, SplittableRandom random) => (_tables[state] ?? Make(state)).Draw(random);

    private AliasTable Make(int state)
    {
        double[] probabilities = new double[_actions.Length];
        for (int a = 0; a < probabilities.Length; a++) probabilities[a] = policy.Probability(state, a);
        return _tables[state] = new AliasTable(_actions, probabilities);
    }
}
