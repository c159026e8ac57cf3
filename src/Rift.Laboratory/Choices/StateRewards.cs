using System.Globalization;
using Rift.Mdp;

namespace Rift.Laboratory;

/// <summary>Rewards added to every action of some states: what is painted on a picture.</summary>
/// <remarks>r'(s,a) = r(s,a) + x(s). An end stays an end: nothing is added where only staying is possible. Immutable.</remarks>
public sealed class StateRewards
{
    private readonly SortedDictionary<int, double> _rewards;

    private StateRewards(SortedDictionary<int, double> rewards) => _rewards = rewards;

    /// <summary>Reads <c>state:reward;state:reward</c>.</summary>
    /// <exception cref="FormatException">It is written otherwise, a state comes twice, or a reward is beyond a million.</exception>
    public static StateRewards Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        SortedDictionary<int, double> rewards = [];
        foreach (string item in text.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = item.Split(':');
            if (parts.Length != 2 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int state)
                || !double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double reward) || !(Math.Abs(reward) <= Largest))
                throw new FormatException($"found \"{(item.Length <= 40 ? item : item[..40])}\", expected state:reward with a reward from -1000000 to 1000000");
            if (!rewards.TryAdd(state, reward)) throw new FormatException(FormattableString.Invariant($"found state {state} a second time, expected it once"));
        }

        return new StateRewards(rewards);
    }

    /// <summary>The largest reward in size.</summary>
    public const double Largest = 1e6;

    /// <summary>The reward of a state; 0 where none was added.</summary>
    public double this[int state] => _rewards.GetValueOrDefault(state);

    /// <summary>The same with another reward for a state; 0 takes it away.</summary>
    public StateRewards With(int state, double reward)
    {
        SortedDictionary<int, double> rewards = new(_rewards);
        if (reward == 0) rewards.Remove(state);
        else rewards[state] = reward;
        return new StateRewards(rewards);
    }

    /// <summary>The reward of a process with these added.</summary>
    /// <exception cref="FormatException">A state is not one of the process.</exception>
    public StateActionTable AddedTo(MarkovDecisionProcess mdp, StateActionTable reward)
    {
        ArgumentNullException.ThrowIfNull(mdp);
        ArgumentNullException.ThrowIfNull(reward);
        if (_rewards.Count == 0) return reward;
        int last = _rewards.Keys.Last();
        if (last >= mdp.States) throw new FormatException(FormattableString.Invariant($"rewards: found state {last}, expected a state from 0 to {mdp.States - 1}"));
        bool[] ends = [.. Enumerable.Range(0, mdp.States).Select(mdp.IsTerminal)];
        return StateActionTable.Create(mdp.States, mdp.Actions, (s, a) => reward[s, a] + (ends[s] || !mdp.IsAvailable(s, a) ? 0 : this[s]));
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(';', _rewards.Select(pair => FormattableString.Invariant($"{pair.Key}:{pair.Value:R}")));
}
