namespace Rift.Mdp.Tests;

/// <summary>The order of the flow: every state comes before its likeliest successor, except for one on each cycle.</summary>
public class FlowOrderTests
{
    [Property]
    public bool All_states_are_placed_and_only_the_closing_step_of_a_cycle_goes_back(int[] seeds)
    {
        int[] likeliest = [.. seeds.Select((seed, s) => (int)((uint)seed % (uint)seeds.Length))];
        int[] order = FlowOrder.Of(likeliest), place = new int[order.Length];
        for (int i = 0; i < order.Length; i++) place[order[i]] = i;
        int back = Enumerable.Range(0, order.Length).Count(s => place[likeliest[s]] <= place[s]);
        return order.Order().SequenceEqual(Enumerable.Range(0, order.Length)) && back == Cycles(likeliest);
    }

    [Test]
    public void A_corridor_is_walked_from_its_far_end() => Assert.That(FlowOrder.Of([2, 3, 1, 3]), Is.EqualTo(new[] { 0, 2, 1, 3 }));

    [Test]
    public void A_ring_is_cut_once() => Assert.That(FlowOrder.Of([1, 2, 3, 0]), Is.EqualTo(new[] { 0, 1, 2, 3 }));

    /// <summary>The number of cycles of s -> next[s]: the states that come back to themselves, each counted where it is the least of its cycle.</summary>
    private static int Cycles(int[] next)
    {
        int cycles = 0;
        for (int s = 0; s < next.Length; s++)
        {
            int state = next[s], least = s, steps = 0;
            for (; state != s && steps < next.Length; steps++)
            {
                least = Math.Min(least, state);
                state = next[state];
            }

            if (state == s && least == s) cycles++;
        }

        return cycles;
    }
}
